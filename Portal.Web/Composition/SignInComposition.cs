using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Composition;

/// <summary>What signing in takes beyond a password: codes, passkeys, and the count of what was wrong.</summary>
public static class SignInComposition
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSignInSteps(this IServiceCollection services, PortalSettings settings)
    {
        // Opened now, so that a file that is none is told at start.
        services.AddSingleton(new LeakedPasswords(settings.Passwords));
        services.AddSingleton<WrongTries>().AddSingleton<AttemptLog>().AddSingleton<FailedSignIns>();
        services.AddSingleton(settings.SecondFactorRule).AddSingleton<SecondFactorDemand>();
        services.AddScoped(provider => (AccountStore)provider.GetRequiredService<IUserStore<PortalUser>>());
        services.AddScoped<SignInChanges>().AddScoped<Codes>().AddScoped<Proofs>().AddScoped<Passwords>()
            .AddScoped<SecondFactors>().AddScoped<SecondStep>();
        services.AddScoped<PasskeyState>().AddScoped<Passkeys>().AddScoped<PasskeySignIn>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRules.Rounds);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.PasskeyDomain is { Length: > 0 } domain ? domain : null;
            (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required");
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            new CookieNames(settings.ByHttps).Name(options.Cookie, "portal-second-step", SameSiteMode.Strict);
            options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
        return services;
    }
}
