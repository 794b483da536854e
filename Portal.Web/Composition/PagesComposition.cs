using Portal.Web.Components;
using Portal.Web.Components.Parts;
using Radzen;

namespace Portal.Web.Composition;

/// <summary>The pages: Blazor on the server, Radzen, static files.</summary>
public static class PagesComposition
{
    /// <summary>Most bytes of one message from a page: a workflow's text must fit, a flood must not.</summary>
    public const int MaximumMessage = 2 << 20;

    /// <summary>Registers what pages need.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
                options.DetailedErrors = false;
            })
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaximumMessage);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "portal-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRadzenComponents();
        services.AddScoped<Toasts>();
        return services;
    }

    /// <summary>Puts the pages behind the headers, sign-in and forgery checks that they need. Before the endpoints.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    /// <summary>Maps static files and every page.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
            options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
