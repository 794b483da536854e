using Portal.Web.Edge.Tls;

namespace Portal.Web.Composition;

/// <summary>TLS of the portal's own, for https addresses among those it listens on.</summary>
public static class TlsComposition
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>Has https addresses answer with the configured certificate.</summary>
    public static void AddTls(this WebApplicationBuilder builder, PortalSettings settings, ILoggerFactory loggers)
    {
        if (!settings.Tls.Configured) return;
        var certificate = new ServerCertificate(
            settings.Tls, () => settings.Folder("tls"), TimeProvider.System, loggers.CreateLogger("Portal.Tls"));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificateSelector = (_, _) => certificate.Leaf;
            https.OnAuthenticate = (_, connection) =>
            {
                // With those between: a selector gives the certificate alone.
                connection.ServerCertificateSelectionCallback = null;
                connection.ServerCertificateContext = certificate.Context;
            };
        }));
        // Browsers keep to https for a year (RFC 6797).
        builder.Services.AddHsts(hsts => hsts.MaxAge = Remembered);
        builder.Services.AddHttpsRedirection(redirection => redirection.RedirectStatusCode =
            settings.Tls.IsDevelopment ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status308PermanentRedirect);
    }

    /// <summary>Leads from http to https where there are both; only health is told over either. What is remembered for a year
    /// is only said with a certificate that was made to last.</summary>
    public static void UseTls(this WebApplication app, TlsSettings tls)
    {
        if (!tls.Configured) return;
        if (!tls.IsDevelopment) app.UseHsts();
        app.UseWhen(context => context.Request.Path != "/healthz", branch => branch.UseHttpsRedirection());
    }
}
