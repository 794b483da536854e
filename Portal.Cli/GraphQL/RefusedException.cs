using System.Net;
using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>The portal refused.</summary>
/// <param name="refusals">Why, one or more.</param>
public sealed class RefusedException(IReadOnlyList<Refusal> refusals) : Exception(string.Join('\n', refusals))
{
    /// <summary>The first one's code.</summary>
    public string Code { get; } = refusals[0].Code;

    /// <summary>The refusal that an answer with an error status is. What stands between (a proxy) may have written it.</summary>
    /// <exception cref="HttpRequestException">It is none: the portal is not there for the moment.</exception>
    public static async Task<RefusedException> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var said = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        if (answer.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal))
        {
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
            if (body.RootElement.TryGetProperty("errors", out var errors))
                return new([.. errors.EnumerateArray().Select(Refusal.Of)]);
        }
        return answer.StatusCode < HttpStatusCode.InternalServerError
            ? new([new("REFUSED", $"The portal answered {said}.", Advice: "Is the address that of a portal?")])
            : throw new HttpRequestException($"it answered {said}.", null, answer.StatusCode);
    }
}
