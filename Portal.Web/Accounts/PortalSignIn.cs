using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.EventStore;

namespace Portal.Web.Accounts;

/// <summary>Identity's sign-in, but that nobody signs in by any way who is shut out, and that a passkey counts as a second
/// factor.</summary>
public sealed class PortalSignIn(
    UserManager<PortalUser> users, IHttpContextAccessor requests, IUserClaimsPrincipalFactory<PortalUser> claims,
    IOptions<IdentityOptions> options, ILogger<SignInManager<PortalUser>> log, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PortalUser> confirmation, IDocuments documents)
    : SignInManager<PortalUser>(users, requests, claims, options, log, schemes, confirmation)
{
    /// <inheritdoc/>
    public override async Task<bool> CanSignInAsync(PortalUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !await documents.IsDisabledAsync(new(user.Id), CancellationToken.None) && await base.CanSignInAsync(user);
    }

    // Identity asks whether there is a provider of codes; a passkey is none.
    /// <inheritdoc/>
    public override Task<bool> IsTwoFactorEnabledAsync(PortalUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.TwoFactorEnabled);
    }
}
