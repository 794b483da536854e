using Microsoft.AspNetCore.Http;

namespace Portal.GraphQL.Transport.Http;

/// <summary>
/// Whether a page of another site could have made a browser send a request without asking first. Fetch standard, "CORS
/// protocol" and "Sec-Fetch-Site".
/// </summary>
internal static class CrossSite
{
    public static bool IsHarmless(HttpRequest request, TransportOptions options) =>
        request.Headers.ContainsKey(options.PreflightHeader)
        || request.Headers["Sec-Fetch-Site"] is ["same-origin" or "none"]
        || NeedsAsking(request);

    // Browsers ask before they send a type that no form has. Of what is no media type at all nothing is read either.
    private static bool NeedsAsking(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        return HttpMethods.IsPost(request.Method)
            ? !string.Equals(type, "multipart/form-data", StringComparison.OrdinalIgnoreCase)
            : string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the page that opens a WebSocket is one of the host. RFC 6455, section 10.2.</summary>
    public static bool IsOwnOrigin(HttpRequest request, TransportOptions options) =>
        request.Headers.Origin is not [{ } origin]
        || options.AllowsOrigin?.Invoke(origin) == true
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
