using Microsoft.AspNetCore.StaticAssets;

namespace Portal.Web.Composition;

/// <summary>Headers that keep a page to what it is made of (Content Security Policy Level 3, MDN's baseline).</summary>
public static class SecurityHeaders
{
    // Radzen writes style attributes, so styles may stand inline; scripts never do.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The policy of what runs, fetches and frames nothing: files that others wrote.</summary>
    public const string Boxed =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers on every answer. Nothing is kept by browsers but what the build made.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        Set(context);
        return next(context);
    });

    /// <summary>Sets them on one, whose headers were cleared when it failed.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            headers.CacheControl = "no-cache, no-store";
    }
}
