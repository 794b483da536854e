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
        services.AddDbContextFactory<AccountsDb>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddDataProtection().SetApplicationName("portal")
            .PersistKeysToFileSystem(new DirectoryInfo(settings.Folder("keys")));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorization();
        services.AddIdentityCore<PortalUser>(Rules).AddEntityFrameworkStores<AccountsDb>()
            .AddPasswordValidator<PasswordRules>().AddClaimsPrincipalFactory<PortalClaims>()
            .AddSignInManager().AddDefaultTokenProviders();
        services.ConfigureApplicationCookie(Cookie);
        services.ConfigureExternalCookie(HeldCookie);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, StampCheck>();
        services.AddScoped<Registration>().AddScoped<SignIn>().AddScoped<CallerFactory>();
        services.AddSingleton<Sessions>().AddSingleton(settings.SignUpRule);
        services.AddSingleton<IPeople, People>().AddSingleton<IInvitationAddresses, InvitationAddresses>();
        return services;
    }

    /// <summary>The way out: a form posted from the user menu.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async ([FromForm] string? from, SignInManager<PortalUser> manager) =>
        {
            await manager.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        });

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
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = 8;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "portal-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/not-found";
        options.ReturnUrlParameter = "then";
        options.Events.OnSigningIn = Sessions.BeginAsync;
        options.Events.OnSigningOut = context =>
            context.HttpContext.RequestServices.GetRequiredService<Sessions>().EndAsync(context.HttpContext);
        // A program gets a status, not a page to sign in on.
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
    }

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
