using System.Net;
using Portal.Jobs.Addresses;

namespace Portal.Jobs.Audit.Places;

/// <summary>Makes the places that are configured.</summary>
public static class KnownPlaces
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>All of them, in the order of the configuration.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="gate">Decides where the portal connects.</param>
    /// <exception cref="FormatException">A setting means nothing.</exception>
    public static IReadOnlyList<ISealPlace> Of(SealSettings settings, OutgoingGate gate)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(gate);
        // The processes' one client for all of them, for as long as the portal runs. Where a place moved is the operator's to
        // say.
        var http = new Lazy<HttpClient>(() =>
        {
            var handler = gate.Handler();
            handler.AllowAutoRedirect = false;
            handler.UseProxy = false;
            return new(handler) { Timeout = Patience };
        });
        return [.. settings.Folder.Length > 0 ? (ISealPlace[])[new FolderPlace(settings.Folder)] : [],
            .. settings.Places.Select((place, index) => Place(place, $"Portal:Seals:Places:{index}", http))];
    }

    private static ISealPlace Place(SealPlaceSettings place, string setting, Lazy<HttpClient> http)
    {
        if (place.Url.Length == 0)
            throw new FormatException($"{setting}:Url: say where, as https://, s3:// or the path of a folder.");
        if (Path.IsPathRooted(place.Url)) return new FolderPlace(place.Url);
        if (!Uri.TryCreate(place.Url, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Query.Length > 0)
            throw new FormatException($"{setting}:Url: https://host/folder/, s3://bucket/prefix/ or the full path of a folder; "
                + "without user and query.");
        switch (url.Scheme)
        {
            case "s3":
                if (place.AccessKey.Length == 0) throw new FormatException($"{setting}:AccessKey: a bucket needs a key.");
                if (place.Endpoint.Length > 0) Private(place.Endpoint, $"{setting}:Endpoint");
                var prefix = url.AbsolutePath.TrimStart('/');
                return new BucketPlace(BucketPlace.Client(place, place.ReadSecret(setting), http.Value), url.Host,
                    prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/");
            case "http" or "https":
                Private(place.Url, $"{setting}:Url");
                return new HttpPlace(http.Value, place.Url.EndsWith('/') ? url : new(place.Url + "/"), place.ReadSecret(setting));
            default:
                throw new FormatException($"{setting}:Url: {url.Scheme} is none of https and s3.");
        }
    }

    // A token or a signature goes there: on this machine nobody listens on the way.
    private static void Private(string address, string setting)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps
            || (url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.Host.Trim('[', ']'), out var at)
                && IPAddress.IsLoopback(at))))
            throw new FormatException($"{setting}: an address that begins with https://.");
    }
}
