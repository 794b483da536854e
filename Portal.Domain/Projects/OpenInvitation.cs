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
        if (Over(project, id, now) is { } over) return over;
        if (project.Invitations[id].Person is { } person ? person != user : !theirs) return InvitationLinks.ForAnother;
        return project.Members.ContainsKey(user)
            ? new("ALREADY_MEMBER", "You are a member of this project already.",
                Advice: "Open it from the list of your projects.")
            : null;
    }

    /// <summary>Null while it can be answered, by whomever it is for.</summary>
    /// <param name="project">The project.</param>
    /// <param name="id">The invitation.</param>
    /// <param name="now">The time now.</param>
    public static Problem? Over(Project project, Id<Invitation> id, DateTimeOffset now)
    {
        if (!project.Invitations.TryGetValue(id, out var invitation)) return Unknown;
        var another = "Ask who invited you for another.";
        if (invitation.State is InvitationState.Accepted or InvitationState.Declined)
            return new("INVITATION_USED", "This invitation was answered already.", "secret", Advice: another);
        // Who may not invite any more has not invited anybody.
        if (invitation.State == InvitationState.Revoked || project.Members.GetValueOrDefault(invitation.InvitedBy) != Role.Owner)
            return new("INVITATION_REVOKED", "This invitation was taken back.", "secret", Advice: another);
        return invitation.Until <= now
            ? new("INVITATION_EXPIRED", "This invitation is older than a week and has expired.", "secret", Advice: another)
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
public sealed class InvitationLinks(Ledger ledger, IDocuments documents, Access access, IInvitationAddresses addresses)
{
    /// <summary>The refusal of whom an invitation is not for.</summary>
    public static Problem ForAnother { get; } = new("INVITATION_FOR_ANOTHER", "This invitation is for somebody else.", "secret",
        Advice: "Use the account or the mail address that was invited, or ask for an invitation of your own.");

    /// <summary>The invitation, for who is signed in and has its link.</summary>
    public async Task<Result<FoundInvitation>> FindAsync(Caller caller, string secret, CancellationToken cancel)
    {
        if (caller.User is not { } user) return Answerable.Unknown;
        if (await access.RefusalAsync(caller, Operation.AnswerInvitation, "invitation", cancel) is { } refusal) return refusal;
        return await ViewAsync(secret, cancel) is { } view
            ? new FoundInvitation(view, user, view.Person is null && await addresses.IsOfAsync(view.Id, user, cancel))
            : Answerable.Unknown;
    }

    /// <summary>Null where somebody with this mail address may make an account with the invitation, to answer it then.</summary>
    public async Task<Problem?> SignUpRefusalAsync(
        string secret, string address, DateTimeOffset now, CancellationToken cancel)
    {
        if (await ViewAsync(secret, cancel) is not { } view) return Answerable.Unknown;
        var project = (await ledger.LoadAsync<Project>(view.Project.Value, cancel)).State;
        if (Answerable.Over(project, view.Id, now) is { } over) return over;
        return view.Person is null && await addresses.IsAsync(view.Id, address, cancel) ? null : ForAnother;
    }

    /// <summary>Whether there is an invitation of this id that can be answered.</summary>
    public async Task<bool> IsOpenAsync(Id<Invitation> id, DateTimeOffset now, CancellationToken cancel) =>
        await documents.FindAsync<InvitationView>(id.ToString(), cancel) is { } view
        && Answerable.Over((await ledger.LoadAsync<Project>(view.Project.Value, cancel)).State, id, now) is null;

    private async Task<InvitationView?> ViewAsync(string secret, CancellationToken cancel)
    {
        secret = secret.Trim();
        if (!secret.StartsWith(InvitationSecret.Prefix, StringComparison.Ordinal) || secret.Length > 200) return null;
        var found = await documents.QueryAsync<InvitationView>(new(
            [new("sha256", Comparison.Equal, InvitationSecret.HashOf(secret))], Limit: 1), cancel);
        return found.Items is [var view] ? view : null;
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
