using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>Changes how somebody signs in and writes it down, both or neither. Every other session of theirs ends with
/// it.</summary>
public sealed class SignInChanges(
    AccountsDb db, UserManager<PortalUser> users, SignInManager<PortalUser> manager, ChangeSignInHandler handler,
    IHttpContextAccessor requests)
{
    /// <summary>Makes the change, for who is signed in.</summary>
    /// <param name="user">Whose account.</param>
    /// <param name="changes">What is written down.</param>
    /// <param name="change">What is done in the tables.</param>
    /// <returns>Null when it is made; else what is wrong, and nothing was changed.</returns>
    public async Task<IReadOnlyList<Problem>?> MakeAsync(
        PortalUser user, IReadOnlyList<SignInChange> changes, Func<Task<IdentityResult>> change)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var made = await change();
        // Another stamp: what was signed in under the one before counts no longer.
        if (made.Succeeded) made = await users.UpdateSecurityStampAsync(user);
        if (!made.Succeeded) return [.. made.Errors.Select(Registration.Problem).DistinctBy(problem => problem.Code)];
        var written = await handler.HandleAsync(CallerFactory.Of(requests.HttpContext!, "page"), changes, CancellationToken.None);
        if (!written.Ok) return written.Problems;
        await transaction.CommitAsync();
        await manager.RefreshSignInAsync(user);
        return null;
    }
}
