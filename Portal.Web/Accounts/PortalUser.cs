using Microsoft.AspNetCore.Identity;

namespace Portal.Web.Accounts;

/// <summary>A person's account: what signs them in and what may be shown of them. The only place with personal data.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>The name that others see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Whether this is the account that administers first. Who administers since is told by events.</summary>
    public bool Administrator { get; set; }

    /// <summary>When the account was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when an authenticator app counts, UTC; null while none does.</summary>
    public DateTimeOffset? AuthenticatorSince { get; set; }
}
