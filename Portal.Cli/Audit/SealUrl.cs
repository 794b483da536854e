using System.Net;
using System.Runtime.CompilerServices;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>Seals that lie on a web server, read by GET from the first to the one that is not there.</summary>
/// <param name="folder">Address of their folder.</param>
/// <param name="token">What is shown as a bearer token (RFC 6750); null for nothing.</param>
public sealed class SealUrl(Uri folder, string? token = null)
{
    /// <summary>The variable of the environment that holds the bearer token of a web server.</summary>
    public const string Token = "PORTAL_SEALS_TOKEN";

    /// <summary>What an option names: a folder, an address that begins with https:// or http://, or a bucket,
    /// s3://bucket/prefix.</summary>
    /// <param name="place">The option's value.</param>
    /// <param name="given">The value of a variable of the environment: keys and tokens stand on no command line.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="UsageException">A token would go over the network in the clear, or no bucket is named.</exception>
    public static IAsyncEnumerable<KeptSeal> ReadAsync(string place, Func<string, string?> given, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(given);
        if (!Uri.TryCreate(place.EndsWith('/') ? place : place + "/", UriKind.Absolute, out var url)) url = null;
        switch (url?.Scheme)
        {
            case "s3":
                if (url.Host.Length == 0 || url.UserInfo.Length > 0)
                    throw new UsageException("A bucket is named by s3://bucket/prefix.");
                return new SealBucket(url.Host, Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')), given).ReadAsync(cancel);
            case "https" or "http":
                var token = given(Token) is { Length: > 0 } value ? value : null;
                if (token is not null && url.Scheme == "http" && !url.IsLoopback)
                    throw new UsageException($"{Token} is sent to an address that begins with https:// alone.");
                return new SealUrl(url, token).ReadAsync(cancel);
            default:
                return new SealFolder(place).ReadAsync(cancel);
        }
    }

    /// <summary>All of them, in the order of their numbers.</summary>
    /// <exception cref="FormatException">A file holds no seal.</exception>
    /// <exception cref="UsageException">The server refuses.</exception>
    public async IAsyncEnumerable<KeptSeal> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var http = new HttpClient();
        // Where it sends elsewhere the token is not shown: HttpClient leaves it out of what follows a redirection.
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        for (var number = 1L; ; number++)
        {
            var at = new Uri(folder, SealFile.Name(number));
            using var answer = await http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.NotFound && number > 1) yield break;
            if (!answer.IsSuccessStatusCode)
                throw new UsageException($"{at} answers {(int)answer.StatusCode}: no seals are read there."
                    + (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                        ? $" A bearer token is taken from {Token}." : ""));
            await using var content = await answer.Content.ReadAsStreamAsync(cancel);
            yield return await SealFile.ReadAsync(content, at.ToString(), cancel);
        }
    }
}
