using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Domain.Runs;
using Portal.Web.Accounts;
using Portal.Web.Composition;

namespace Portal.Web.Mail;

/// <summary>Writes the mail of a parcel, at the time when it is sent: an account that is gone by then gets none.</summary>
public sealed class LetterWriter(
    AccountsDb db, UserManager<PortalUser> users, PublicAddress portal, AwaitedApprovers awaited)
{
    /// <summary>The mail; null where there is nothing to tell.</summary>
    public async Task<Letter?> WriteAsync(Parcel parcel, CancellationToken cancel) => parcel switch
    {
        ConfirmAddress asked => await users.FindByEmailAsync(asked.Address) is { EmailConfirmed: false } user
            ? LetterTexts.Confirm(user.Email!, portal.Link(MailLink.Confirm(
                user.Id, await users.GenerateEmailConfirmationTokenAsync(user))))
            : null,
        ResetPassword asked => await users.FindByEmailAsync(asked.Address) is { } user
            ? LetterTexts.Reset(user.Email!, portal.Link(MailLink.Reset(
                user.Id, await users.GeneratePasswordResetTokenAsync(user))))
            : null,
        AddressTaken asked => await users.FindByEmailAsync(asked.Address) switch
        {
            { EmailConfirmed: true } user => LetterTexts.Taken(user.Email!, portal.Link("/sign-in")),
            { } => await WriteAsync(new ConfirmAddress(asked.Address), cancel),
            null => null,
        },
        PasswordChanged changed => await users.FindByIdAsync($"{changed.User}") is { } user
            ? LetterTexts.Changed(user.Email!, portal.Root)
            : null,
        FactorsRemoved gone => await users.FindByIdAsync($"{gone.User}") is { } user
            ? LetterTexts.FactorsRemoved(user.Email!, portal.Root)
            : null,
        TokenMade made => await users.FindByIdAsync($"{made.User}") is { EmailConfirmed: true } user
            ? LetterTexts.TokenMade(user.Email!, portal.Root, made.Name, made.Expires)
            : null,
        InvitationLink link => LetterTexts.Invitation(link.Address, portal.Link(link.Path), link.Project,
            await db.Users.Where(user => user.Id == link.By).Select(user => user.DisplayName).FirstOrDefaultAsync(cancel),
            link.Until),
        RunsWait wait => await RunsWaitAsync(wait, cancel),
        _ => throw new InvalidOperationException($"There is no mail for {parcel}."),
    };

    private async Task<Letter?> RunsWaitAsync(RunsWait wait, CancellationToken cancel) =>
        await users.FindByIdAsync($"{wait.User}") is { EmailConfirmed: true } user
            && (await awaited.ListAsync(new(wait.Project), cancel)).FirstOrDefault(one => one.User.Value == wait.User) is { } one
            ? LetterTexts.RunsWait(user.Email!, portal.Link("/approvals"), one.ProjectName, one.Runs)
            : null;
}
