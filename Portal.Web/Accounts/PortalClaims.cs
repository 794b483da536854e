using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Web.Accounts;

/// <summary>What the sign-in cookie says of a person: id, name to show, and whether they administer or audit.</summary>
public sealed class PortalClaims(UserManager<PortalUser> users, IOptions<IdentityOptions> options, IDocuments documents)
    : UserClaimsPrincipalFactory<PortalUser>(users, options)
{
    /// <summary>Type of the claim with the name to show.</summary>
    public const string DisplayName = "display_name";

    /// <summary>The role of those who administer the installation.</summary>
    public const string Administrator = "administrator";

    /// <summary>The role of those who audit it.</summary>
    public const string Auditor = "auditor";

    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        var standing = await documents.FindAsync<AccountStanding>(new Id<User>(user.Id).ToString(), default);
        if (standing is { Administrator: true }) identity.AddClaim(new Claim(identity.RoleClaimType, Administrator));
        if (standing is { Auditor: true }) identity.AddClaim(new Claim(identity.RoleClaimType, Auditor));
        return identity;
    }
}
