using Portal.Jobs.Addresses;

namespace Portal.Jobs.Code;

/// <summary>Where a repository has gone: git is asked to follow no redirect, since it would look at no address.</summary>
internal static class GitRedirects
{
    // What git asks for first (gitprotocol-http(5), "Smart clients").
    private const string Tail = "/info/refs?service=git-upload-pack";
    private const int Most = 5;

    /// <summary>The address that the repository answers at; the given one where nothing leads elsewhere, or nothing answers: git
    /// tells that better.</summary>
    /// <exception cref="Sites.PlaceException">It leads to where the portal does not connect.</exception>
    public static async Task<string> FollowAsync(string url, OutgoingGate gate, CancellationToken cancel)
    {
        using var handler = gate.Handler();
        handler.AllowAutoRedirect = false;
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(15) };
        // Some servers lead only git to its repositories.
        http.DefaultRequestHeaders.UserAgent.ParseAdd("git/2.0");
        for (var (at, left) = (url, Most); ; left--)
        {
            if (await LedAsync(http, at, cancel) is not { } next || left == 0) return at;
            await gate.ReachAsync(new Uri(next).IdnHost, next.StartsWith("https:", StringComparison.Ordinal), cancel);
            at = next;
        }
    }

    private static async Task<string?> LedAsync(HttpClient http, string url, CancellationToken cancel)
    {
        try
        {
            var asked = new Uri(url.TrimEnd('/') + Tail);
            using var answer = await http.GetAsync(asked, HttpCompletionOption.ResponseHeadersRead, cancel);
            if ((int)answer.StatusCode is not (>= 300 and < 400) || answer.Headers.Location is not { } location) return null;
            var next = new Uri(asked, location);
            // None leads out of TLS, or to something that is no repository.
            return next.AbsoluteUri.EndsWith(Tail, StringComparison.Ordinal)
                && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp))
                ? next.AbsoluteUri[..^Tail.Length] : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or UriFormatException
            || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
