using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Web.Accounts;

/// <summary>Tokens in links to a new password: Identity's, bound to the account's stamp, but good for an hour alone.</summary>
public sealed class ResetTokens(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<PortalUser>> logger)
    : DataProtectorTokenProvider<PortalUser>(protection, Settings, logger)
{
    /// <summary>What Identity knows it by.</summary>
    public new const string Name = "PasswordReset";

    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private static IOptions<DataProtectionTokenProviderOptions> Settings { get; } =
        Microsoft.Extensions.Options.Options.Create(new DataProtectionTokenProviderOptions { Name = Name, TokenLifespan = Life });
}
