using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Says no to an invitation.</summary>
/// <param name="Secret">What the link holds.</param>
public sealed record DeclineInvitation(string Secret)
{
    /// <summary>Decides on the events, or says why not. Who said no before changes nothing.</summary>
    /// <param name="state">The project.</param>
    /// <param name="id">The invitation that the secret is of.</param>
    /// <param name="user">Who says no.</param>
    /// <param name="theirs">Whether its mail address is the one that they sign in with.</param>
    /// <param name="now">The time now.</param>
    public static Result<IReadOnlyList<object>> Decide(
        Project state, Id<Invitation> id, Id<User> user, bool theirs, DateTimeOffset now)
    {
        if (state.Invitations.GetValueOrDefault(id) is { State: InvitationState.Declined } before && before.AnsweredBy == user)
            return Result.Of<IReadOnlyList<object>>([]);
        return Answerable.Refusal(state, id, user, theirs, now) is { } refusal
            ? refusal
            : new object[] { new InvitationDeclined(state.Id, id, user) };
    }
}

/// <summary>Handles <see cref="DeclineInvitation"/>: whom the invitation is for, with its link.</summary>
public sealed class DeclineInvitationHandler(
    Ledger ledger, InvitationLinks links, IInvitationAddresses addresses, IChance chance)
{
    /// <summary>Ends it; the address it was sent to is erased.</summary>
    /// <returns>The invitation's id.</returns>
    public async Task<Result<Id<Invitation>>> HandleAsync(Caller caller, DeclineInvitation command, CancellationToken cancel)
    {
        var found = await links.FindAsync(caller, command.Secret, cancel);
        if (!found.Ok) return Result.Refused<Id<Invitation>>(found.Problems);
        var (view, user, theirs) = found.Value;
        var written = await ledger.ChangeAsync<Project>(caller, view.Project.Value,
            state => DeclineInvitation.Decide(state, view.Id, user, theirs, chance.Now), cancel);
        if (!written.Ok) return Result.Refused<Id<Invitation>>(written.Problems);
        await addresses.ForgetAsync(view.Id, cancel);
        return view.Id;
    }
}
