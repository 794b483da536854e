using System.Net;
using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>The portal refused.</summary>
/// <param name="refusals">Why, one or more.</param>
public sealed class RefusedException(IReadOnlyList<Refusal> refusals) : Exception(string.Join('\n', refusals))
{
    /// <summary>The first one's code.</summary>
    public string Code { get; } = refusals[0].Code;

    /// <summary>The refusal that an answer with an error status is.</summary>
    /// <exception cref="HttpRequestException">It is none: what stands before the portal says that it is away.</exception>
    public static async Task<RefusedException> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var said = $"it answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";
        if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            throw new HttpRequestException(said, null, answer.StatusCode);
        if (answer.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal))
        {
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
            if (body.RootElement.TryGetProperty("errors", out var errors))
                return new([.. errors.EnumerateArray().Select(Refusal.Of)]);
        }
        return new([new("REFUSED", $"The portal refused: {said}", Advice: "Is the address that of a portal?")]);
    }
}
