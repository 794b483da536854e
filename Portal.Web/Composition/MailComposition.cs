using Microsoft.AspNetCore.Identity;
using Portal.Domain.AccessTokens;
using Portal.Domain.Projects;
using Portal.Web.Accounts;
using Portal.Web.Mail;

namespace Portal.Web.Composition;

/// <summary>Mail: the outbox, which is always there, and who empties it where a server is configured.</summary>
public static class MailComposition
{
    /// <summary>Registers it. Behind accounts, whose keys seal what waits.</summary>
    /// <exception cref="FormatException">A setting means nothing.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, PortalSettings settings)
    {
        services.AddSingleton(settings.Mail).AddSingleton<Outbox>();
        services.AddSingleton<IInvitationMail>(provider => provider.GetRequiredService<Outbox>())
            .AddSingleton<ITokenMail>(provider => provider.GetRequiredService<Outbox>());
        services.AddScoped<AccountMail>().AddScoped<AddressConfirmation>().AddScoped<PasswordReset>();
        services.AddTransient<ResetTokens>();
        services.Configure<IdentityOptions>(options =>
        {
            options.SignIn.RequireConfirmedEmail = settings.Mail.Configured;
            options.Tokens.ProviderMap[ResetTokens.Name] = new TokenProviderDescriptor(typeof(ResetTokens));
            options.Tokens.PasswordResetTokenProvider = ResetTokens.Name;
        });
        if (!settings.Mail.Configured) return services;
        services.AddSingleton(settings.Mail.Server()).AddSingleton(PublicAddress.Parse(settings.Address));
        services.AddSingleton<SmtpServer>().AddScoped<LetterWriter>();
        // The keys that seal the outbox are those of the nodes with pages.
        if (settings.HasRole("web")) services.AddHostedService<Postman>().AddHostedService<ApproverNews>();
        return services;
    }
}
