using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Says yes to an invitation: the caller becomes a member.</summary>
/// <param name="Secret">What the link holds.</param>
public sealed record AcceptInvitation(string Secret)
{
    /// <summary>Decides on the events, or says why not. Who said yes before and still is a member changes nothing.</summary>
    /// <param name="state">The project.</param>
    /// <param name="id">The invitation that the secret is of.</param>
    /// <param name="user">Who says yes.</param>
    /// <param name="theirs">Whether its mail address is the one that they sign in with.</param>
    /// <param name="now">The time now.</param>
    public static Result<IReadOnlyList<object>> Decide(
        Project state, Id<Invitation> id, Id<User> user, bool theirs, DateTimeOffset now)
    {
        if (state.Invitations.GetValueOrDefault(id) is { State: InvitationState.Accepted } before && before.AnsweredBy == user
            && state.Members.ContainsKey(user)) return Result.Of<IReadOnlyList<object>>([]);
        if (Answerable.Refusal(state, id, user, theirs, now) is { } refusal) return refusal;
        return new object[]
        {
            new InvitationAccepted(state.Id, id, user),
            new MemberAdded(state.Id, state.Name, user, state.Invitations[id].Role),
        };
    }
}

/// <summary>Handles <see cref="AcceptInvitation"/>: whom the invitation is for, with its link.</summary>
public sealed class AcceptInvitationHandler(
    Ledger ledger, IDocuments documents, InvitationLinks links, IInvitationAddresses addresses, IChance chance)
{
    /// <summary>Makes the caller a member, once; the address it was sent to is erased.</summary>
    public async Task<Result<Membership>> HandleAsync(Caller caller, AcceptInvitation command, CancellationToken cancel)
    {
        var found = await links.FindAsync(caller, command.Secret, cancel);
        if (!found.Ok) return Result.Refused<Membership>(found.Problems);
        var (view, user, theirs) = found.Value;
        var written = await ledger.ChangeAsync<Project>(caller, view.Project.Value,
            state => AcceptInvitation.Decide(state, view.Id, user, theirs, chance.Now), cancel);
        if (!written.Ok) return Result.Refused<Membership>(written.Problems);
        await addresses.ForgetAsync(view.Id, cancel);
        return await documents.FindAsync<Membership>(Membership.IdOf(view.Project, user), cancel) is { } member
            ? member
            : Problem.NotFound("project");
    }
}
