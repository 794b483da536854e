using System.Net;
using System.Net.Http.Headers;
using Portal.EventStore;

namespace Portal.Jobs.Audit.Places;

/// <summary>A folder on a web server that takes files by PUT (RFC 9110), such as WebDAV: each seal is one, written where there
/// is none yet (<c>If-None-Match: *</c>).</summary>
/// <param name="http">Speaks to it, through the gate.</param>
/// <param name="folder">Its address, with a slash at the end.</param>
/// <param name="token">What is shown as a bearer token; empty for nothing.</param>
public sealed class HttpPlace(HttpClient http, Uri folder, string token) : ISealPlace
{
    /// <inheritdoc/>
    public string Name => folder.ToString();

    /// <inheritdoc/>
    public Task<long> HighestAsync(long last, CancellationToken cancel) => SealSearch.HighestAsync(last, async number =>
    {
        using var answer = await SendAsync(HttpMethod.Head, number, null, cancel);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => false,
            _ when answer.IsSuccessStatusCode => true,
            _ => throw Refused(answer),
        };
    });

    /// <inheritdoc/>
    public async Task WriteAsync(KeptSeal seal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var content = new ByteArrayContent(SealFile.Write(seal));
        content.Headers.ContentType = new("application/json");
        using var answer = await SendAsync(HttpMethod.Put, Seal.Parse(seal.Text).Number, content, cancel);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.PreconditionFailed) throw Refused(answer);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, long number, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(folder, SealFile.Name(number))) { Content = content };
        if (content is not null) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        if (token.Length > 0) request.Headers.Authorization = new("Bearer", token);
        return await http.SendAsync(request, cancel);
    }

    private static HttpRequestException Refused(HttpResponseMessage answer) =>
        new($"It answers {(int)answer.StatusCode} to {answer.RequestMessage!.Method}.", null, answer.StatusCode);
}

/// <summary>Finds out how far a place is that lists nothing, or too much.</summary>
internal static class SealSearch
{
    /// <summary>The largest number that lies there. They were written in order, so what lies there has no gaps.</summary>
    public static async Task<long> HighestAsync(long last, Func<long, Task<bool>> isThere)
    {
        var (there, missing) = (0L, last + 1);
        // Most often it has all of them.
        for (var number = last; missing - there > 1; number = there + ((missing - there) / 2))
        {
            if (await isThere(number)) there = number;
            else missing = number;
        }
        return there;
    }
}
