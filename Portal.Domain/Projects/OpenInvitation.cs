using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>What stands in the way of answering an invitation; the same whoever asks, so that every door says the same.</summary>
internal static class Answerable
{
    /// <summary>There is no invitation with such a link.</summary>
    public static Problem Unknown { get; } = new("NOT_FOUND", "This link leads to no invitation.", "secret",
        Advice: "Look whether it was copied whole, or ask who invited you for another.");

    /// <summary>Null when this person may answer it now.</summary>
    /// <param name="project">The project.</param>
    /// <param name="id">The invitation.</param>
    /// <param name="user">Who answers.</param>
    /// <param name="theirs">Whether its mail address is the one that they sign in with.</param>
    /// <param name="now">The time now.</param>
    public static Problem? Refusal(Project project, Id<Invitation> id, Id<User> user, bool theirs, DateTimeOffset now)
    {
        if (!project.Invitations.TryGetValue(id, out var invitation)) return Unknown;
        var another = "Ask who invited you for another.";
        if (invitation.State is InvitationState.Accepted or InvitationState.Declined)
            return new("INVITATION_USED", "This invitation was answered already.", "secret", Advice: another);
        // Who may not invite any more has not invited anybody.
        if (invitation.State == InvitationState.Revoked || project.Members.GetValueOrDefault(invitation.InvitedBy) != Role.Owner)
            return new("INVITATION_REVOKED", "This invitation was taken back.", "secret", Advice: another);
        if (invitation.Until <= now)
            return new("INVITATION_EXPIRED", "This invitation is older than a week and has expired.", "secret", Advice: another);
        if (invitation.Person is { } person ? person != user : !theirs)
            return new("INVITATION_FOR_ANOTHER", "This invitation is for somebody else.", "secret",
                Advice: "Sign in with the account or the mail address that was invited, or ask for an invitation of your own.");
        return project.Members.ContainsKey(user)
            ? new("ALREADY_MEMBER", "You are a member of this project already.",
                Advice: "Open it from the list of your projects.")
            : null;
    }
}

/// <summary>An invitation as it is shown to whom it is for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="Role">What they would be.</param>
/// <param name="InvitedBy">Who asks.</param>
/// <param name="Until">Until when it can be answered.</param>
public sealed record OpenInvitation(
    Id<Invitation> Id, Id<Project> Project, string ProjectName, Role Role, Id<User> InvitedBy, DateTimeOffset Until);

/// <summary>An invitation that was found by its link.</summary>
/// <param name="View">The invitation.</param>
/// <param name="User">Who has the link.</param>
/// <param name="Theirs">Whether its mail address is the one that they sign in with.</param>
public sealed record FoundInvitation(InvitationView View, Id<User> User, bool Theirs);

/// <summary>Finds invitations by the secret of their link.</summary>
public sealed class InvitationLinks(IDocuments documents, Access access, IInvitationAddresses addresses)
{
    /// <summary>The invitation, for who is signed in and has its link.</summary>
    public async Task<Result<FoundInvitation>> FindAsync(Caller caller, string secret, CancellationToken cancel)
    {
        secret = secret.Trim();
        if (caller.User is not { } user || !secret.StartsWith(InvitationSecret.Prefix, StringComparison.Ordinal) || secret.Length > 200)
            return Answerable.Unknown;
        if (await access.RefusalAsync(caller, Operation.AnswerInvitation, "invitation", cancel) is { } refusal) return refusal;
        var found = await documents.QueryAsync<InvitationView>(new(
            [new("sha256", Comparison.Equal, InvitationSecret.HashOf(secret))], Limit: 1), cancel);
        if (found.Items is not [var view]) return Answerable.Unknown;
        return new FoundInvitation(view, user, view.Person is null && await addresses.IsOfAsync(view.Id, user, cancel));
    }
}

/// <summary>Shows an invitation to who has its link.</summary>
public sealed class OpenInvitationHandler(Ledger ledger, InvitationLinks links, IChance chance)
{
    /// <summary>What is asked, and by whom; or why it cannot be answered.</summary>
    public async Task<Result<OpenInvitation>> HandleAsync(Caller caller, string secret, CancellationToken cancel)
    {
        var found = await links.FindAsync(caller, secret, cancel);
        if (!found.Ok) return Result.Refused<OpenInvitation>(found.Problems);
        var (view, user, theirs) = found.Value;
        var project = (await ledger.LoadAsync<Project>(view.Project.Value, cancel)).State;
        return Answerable.Refusal(project, view.Id, user, theirs, chance.Now) is { } refusal
            ? refusal
            : new OpenInvitation(view.Id, view.Project, project.Name, view.Role, view.InvitedBy, view.Until);
    }
}
