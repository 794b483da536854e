using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Projects;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Composition;

/// <summary>Accounts, sign-in by cookie and the keys that protect it. Needs an <see cref="NpgsqlDataSource"/>.</summary>
public static class AccountsComposition
{
    /// <summary>Registers accounts. The keys lie in the data folder, so that a restart signs nobody out.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, PortalSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddHostedService<AccountsSchema>();
        services.AddSingleton<FirstAdministrator>()
            .AddHostedService(provider => provider.GetRequiredService<FirstAdministrator>());
        services.AddDbContextFactory<AccountsDb>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorization();
        services.AddIdentityCore<PortalUser>(Rules).AddUserStore<AccountStore>()
            .AddPasswordValidator<PasswordRules>().AddClaimsPrincipalFactory<PortalClaims>()
            .AddSignInManager<PortalSignIn>().AddDefaultTokenProviders()
            .AddTokenProvider<OnceAuthenticator>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSignInSteps(settings);
        var names = new CookieNames(settings.ByHttps);
        services.AddSingleton(names);
        settings.Sessions.Check();
        services.AddSingleton(settings.Sessions);
        services.ConfigureApplicationCookie(options => Cookie(options, settings.Sessions, names));
        services.ConfigureExternalCookie(options => HeldCookie(options, names));
        services.Configure<SecurityStampValidatorOptions>(options =>
            (options.ValidationInterval, options.OnRefreshingPrincipal) = (TimeSpan.FromMinutes(1), Sessions.KeepAsync));
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddScoped<Registration>().AddScoped<SignIn>().AddScoped<CallerFactory>()
            .AddScoped<SealedCookies>().AddScoped<LinkSecrets>().AddScoped<KnownDevice>();
        services.AddSingleton<Sessions>().AddSingleton<SessionTable>().AddSingleton(settings.SignUpRule);
        services.AddSingleton<ISessions>(provider => provider.GetRequiredService<SessionTable>());
        services.AddSingleton<SessionWatch>().AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddSingleton<IPeople, People>().AddSingleton<IInvitationAddresses, InvitationAddresses>()
            .AddSingleton<IAccounts, AccountList>();
        services.AddSingleton<ISecondFactorStore, SecondFactorTable>();
        services.AddSingleton<IPersonalData, PersonalData>().AddHostedService<UnfinishedErasures>();
        return services;
    }

    /// <summary>The way out: a form posted from the user menu. What passkeys ask for, and where links bring their secrets.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPasskeys();
        LinkSecrets.Map(routes);
        routes.MapPost("/sign-out", async (
            [FromForm] string? from, SignInManager<PortalUser> manager, LinkSecrets links, HttpContext context) =>
        {
            await manager.SignOutAsync();
            links.Forget();
            // What pages kept in the browser goes too. Its cache has nothing of them; cookies are neighbours' as well.
            context.Response.Headers["Clear-Site-Data"] = "\"storage\"";
            return Results.LocalRedirect("/sign-in");
        });
    }

    private static void Rules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        // A mail address is the name to sign in with; which characters it may have is not for us to say.
        options.User.AllowedUserNameCharacters = "";
        options.Password = new PasswordOptions
        {
            RequiredLength = PasswordRules.MinimumLength,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
            RequiredUniqueChars = 1,
        };
        // By account alone a lock is a weapon against its owner: WrongTries counts by address too.
        options.Lockout.AllowedForNewUsers = false;
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
    }

    private static void Cookie(CookieAuthenticationOptions options, SessionSettings sessions, CookieNames names)
    {
        names.Name(options.Cookie, "portal-session", SameSiteMode.Strict);
        options.ExpireTimeSpan = sessions.Idle;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/not-found";
        options.ReturnUrlParameter = "then";
        options.Events.OnSigningIn = context =>
        {
            if (Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var user))
                context.HttpContext.RequestServices.GetRequiredService<KnownDevice>().Remember(user);
            return SessionsOf(context.HttpContext).BeginAsync(context);
        };
        options.Events.OnValidatePrincipal = context =>
        {
            // What the build made is for everybody, and the page that tells of a fault as well: neither asks a database.
            if (FaultPage.Shows(context.HttpContext)) context.RejectPrincipal();
            else if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                return SessionsOf(context.HttpContext).ValidateAsync(context);
            return Task.CompletedTask;
        };
        options.Events.OnSigningOut = context =>
            SessionsOf(context.HttpContext).EndAsync(context.HttpContext, CancellationToken.None);
        // A program gets a status, not a page to sign in on.
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
    }

    private static Sessions SessionsOf(HttpContext context) => context.RequestServices.GetRequiredService<Sessions>();

    // Holds who somebody is at a provider, from its answer until they are signed in. The answer's request begins at the provider.
    private static void HeldCookie(CookieAuthenticationOptions options, CookieNames names)
    {
        names.Name(options.Cookie, "portal-arrived", SameSiteMode.Lax);
        options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (PagesComposition.ForPrograms(context.Request.Path))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
