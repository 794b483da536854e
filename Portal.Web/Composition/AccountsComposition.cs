using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Projects;
using Portal.Web.Accounts;

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
        services.AddDataProtection().SetApplicationName("portal")
            .PersistKeysToFileSystem(new DirectoryInfo(settings.Folder("keys")));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorization();
        services.AddIdentityCore<PortalUser>(Rules).AddUserStore<AccountStore>()
            .AddPasswordValidator<PasswordRules>().AddClaimsPrincipalFactory<PortalClaims>()
            .AddSignInManager<PortalSignIn>().AddDefaultTokenProviders()
            .AddTokenProvider<OnceAuthenticator>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSignInSteps(settings);
        settings.Sessions.Check();
        services.AddSingleton(settings.Sessions);
        services.ConfigureApplicationCookie(options => Cookie(options, settings.Sessions));
        services.ConfigureExternalCookie(HeldCookie);
        services.Configure<SecurityStampValidatorOptions>(options =>
            (options.ValidationInterval, options.OnRefreshingPrincipal) = (TimeSpan.FromMinutes(1), Sessions.KeepAsync));
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddScoped<Registration>().AddScoped<SignIn>().AddScoped<CallerFactory>();
        services.AddSingleton<Sessions>().AddSingleton<SessionTable>().AddSingleton(settings.SignUpRule);
        services.AddSingleton<ISessions>(provider => provider.GetRequiredService<SessionTable>());
        services.AddSingleton<SessionWatch>().AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddSingleton<IPeople, People>().AddSingleton<IInvitationAddresses, InvitationAddresses>()
            .AddSingleton<IAccounts, AccountList>();
        return services;
    }

    /// <summary>The way out: a form posted from the user menu. And what passkeys ask for.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPasskeys();
        routes.MapPost("/sign-out", async ([FromForm] string? from, SignInManager<PortalUser> manager) =>
        {
            await manager.SignOutAsync();
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

    private static void Cookie(CookieAuthenticationOptions options, SessionSettings sessions)
    {
        options.Cookie.Name = "portal-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = sessions.Idle;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/not-found";
        options.ReturnUrlParameter = "then";
        options.Events.OnSigningIn = context => SessionsOf(context.HttpContext).BeginAsync(context);
        options.Events.OnValidatePrincipal = context => SessionsOf(context.HttpContext).ValidateAsync(context);
        options.Events.OnSigningOut = context =>
            SessionsOf(context.HttpContext).EndAsync(context.HttpContext, CancellationToken.None);
        // A program gets a status, not a page to sign in on.
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
    }

    private static Sessions SessionsOf(HttpContext context) => context.RequestServices.GetRequiredService<Sessions>();

    // Holds who somebody is at a provider, from its answer until they are signed in. The answer's request begins at the provider.
    private static void HeldCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "portal-arrived";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
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
