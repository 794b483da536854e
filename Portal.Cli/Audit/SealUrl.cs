using System.Net;
using System.Runtime.CompilerServices;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>Seals that lie on a web server, read by GET from the first to the one that is not there.</summary>
/// <param name="folder">Address of their folder.</param>
public sealed class SealUrl(Uri folder)
{
    /// <summary>What an option names: a folder, or an address that begins with https:// or http://.</summary>
    /// <param name="place">The option's value.</param>
    /// <param name="cancel">Gives up.</param>
    public static IAsyncEnumerable<KeptSeal> ReadAsync(string place, CancellationToken cancel) =>
        Uri.TryCreate(place.EndsWith('/') ? place : place + "/", UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? new SealUrl(url).ReadAsync(cancel) : new SealFolder(place).ReadAsync(cancel);

    /// <summary>All of them, in the order of their numbers.</summary>
    /// <exception cref="FormatException">A file holds no seal.</exception>
    /// <exception cref="UsageException">The server refuses.</exception>
    public async IAsyncEnumerable<KeptSeal> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var http = new HttpClient();
        for (var number = 1L; ; number++)
        {
            var at = new Uri(folder, SealFile.Name(number));
            using var answer = await http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.NotFound && number > 1) yield break;
            if (!answer.IsSuccessStatusCode)
                throw new UsageException($"{at} answers {(int)answer.StatusCode}: no seals are read there.");
            await using var content = await answer.Content.ReadAsStreamAsync(cancel);
            yield return await SealFile.ReadAsync(content, at.ToString(), cancel);
        }
    }
}
