using System.Net;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using Portal.Domain.Common;
using Portal.Web.Edge.Tls;
using Portal.Web.Rest.Common;

namespace Portal.Web.Composition;

/// <summary>TLS of the portal's own, for https addresses among those it listens on, and what becomes of plain http.</summary>
public static class TlsComposition
{
    private const string Code = "HTTPS_NEEDED";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    // With forward secrecy and authenticated encryption alone (RFC 9325, section 4.2).
    [SupportedOSPlatform("linux")]
    private static readonly Lazy<CipherSuitesPolicy> Suites = new(() => new(
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]));

    /// <summary>Has https addresses answer with the configured certificate, by TLS 1.2 and 1.3 alone (RFC 8996).</summary>
    public static void AddTls(this WebApplicationBuilder builder, PortalSettings settings, ILoggerFactory loggers)
    {
        // Browsers keep to https for a year (RFC 6797).
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (Remembered, settings.Tls.SubDomains));
        if (!settings.Tls.Configured) return;
        var certificate = new ServerCertificate(
            settings.Tls, () => settings.Folder("tls"), TimeProvider.System, loggers.CreateLogger("Portal.Tls"));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ServerCertificateSelector = (_, _) => certificate.Leaf;
            https.OnAuthenticate = (_, connection) =>
            {
                // With those between: a selector gives the certificate alone.
                connection.ServerCertificateSelectionCallback = null;
                connection.ServerCertificateContext = certificate.Context;
                if (OperatingSystem.IsLinux()) connection.CipherSuitesPolicy = Suites.Value;
            };
        }));
        builder.Services.AddHttpsRedirection(redirection => redirection.RedirectStatusCode =
            settings.Tls.IsDevelopment ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status308PermanentRedirect);
    }

    /// <summary>Leads pages from http to https where there are both, and refuses programs there: who sends a token in the open
    /// is to notice. Only health is told over either. What is remembered for a year is not said with a certificate for trying it
    /// out.</summary>
    public static void UseTls(this WebApplication app, PortalSettings settings)
    {
        if (settings.ByHttps && !settings.Tls.IsDevelopment) app.UseHsts();
        if (settings.Tls.Configured)
        {
            app.UseWhen(IsPlain, plain => plain.Use(next => context =>
                PagesComposition.ForPrograms(context.Request.Path) ? RefuseAsync(context) : next(context)));
            app.UseWhen(IsPlain, plain => plain.UseHttpsRedirection());
        }
        else if (settings.HttpsOnly)
            app.UseWhen(context => IsPlain(context) && !IsHere(context.Request.Host.Host), plain => plain.Run(RefuseAsync));
    }

    /// <summary>Tells in the log where people would send passwords in the open.</summary>
    public static void WarnOfPlainHttp(this WebApplication app, PortalSettings settings)
    {
        if (!InTheOpen(settings, app.Urls)) return;
        app.Logger.LogWarning("The portal speaks plain http to other machines: passwords and tokens can be read on their way. Give "
            + "it a certificate (Portal:Tls:Certificate), or put a proxy with TLS before it and name both (Portal:Proxies, "
            + "Portal:Address with https://). Portal:HttpsOnly=true refuses plain http.");
    }

    /// <summary>Whether people on other machines would speak to these addresses without TLS.</summary>
    public static bool InTheOpen(PortalSettings settings, IEnumerable<string> addresses) =>
        !settings.ByHttps && !settings.HttpsOnly && settings.HasRole("web") && addresses.Any(url => !IsHere(new Uri(url).Host));

    private static bool IsPlain(HttpContext context) => !context.Request.IsHttps && context.Request.Path != "/healthz";

    // A browser that names this machine sends nothing over a network.
    private static bool IsHere(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context)
    {
        var problem = new Problem(Code, "This portal is not spoken to by plain http.",
            Advice: "Use https. Take a password or token that went over http for known to others.");
        if (PagesComposition.ForPrograms(context.Request.Path))
            return Refusals.WriteAsync(context, StatusCodes.Status403Forbidden, [problem]);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            $"{problem.Message} {problem.Advice} Behind a proxy with TLS: name it in Portal:Proxies.");
    }
}
