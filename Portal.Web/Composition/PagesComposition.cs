using Microsoft.AspNetCore.Diagnostics;
using Portal.Web.Accounts;
using Portal.Web.Components;
using Portal.Web.Components.Parts;
using Portal.Web.Components.Projects;
using Portal.Web.Components.Runs;
using Portal.Web.Edge;
using Portal.Web.OAuth;
using Radzen;

namespace Portal.Web.Composition;

/// <summary>The pages: Blazor on the server, Radzen, static files.</summary>
public static class PagesComposition
{
    /// <summary>Most bytes of one message from a page: a workflow's text must fit, a flood must not.</summary>
    public const int MaximumMessage = 2 << 20;

    /// <summary>Registers what pages need.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services, PortalSettings settings)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
                options.DetailedErrors = false;
            })
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaximumMessage);
        services.AddAntiforgery(options =>
        {
            new CookieNames(settings.ByHttps).Name(options.Cookie, "portal-form", SameSiteMode.Strict);
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRadzenComponents();
        services.AddSingleton<QuickStart>().AddSingleton<Staying>();
        services.AddScoped<Toasts>().AddScoped<CurrentProject>().AddScoped<WaitingApprovals>();
        return services;
    }

    /// <summary>Puts the pages behind the sign-in and forgery checks that they need. Before the endpoints.</summary>
    /// <param name="app">The portal.</param>
    /// <param name="settings">Says how often it is asked whether readers of long answers may stay.</param>
    public static void UsePages(this WebApplication app, PortalSettings settings)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // A person gets a page that says what is the matter, a program or a page's script its status and no more.
        app.Use(next => context =>
        {
            if ((ForPrograms(context.Request.Path) || context.Request.Path == LinkSecrets.Path)
                && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(context);
        });
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseFormDoor();
        app.UseSecondFactorDoor();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseForgeryDoor();
        app.UseStayDoor(settings.GraphQL.RecheckEvery);
    }

    /// <summary>Whether a path belongs to the doors for programs: they answer with a status, not with a page.</summary>
    public static bool ForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/graphql") || path.StartsWithSegments("/openapi")
        || path.StartsWithSegments(OAuthApi.Root) || path == OAuthApi.WellKnown;

    /// <summary>Maps static files and every page.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
            options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
