using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Accounts, invitations to make one, and what programs of people show.</summary>
internal static class FoldedPeople
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        await streams.EachAsync<Account, AccountStanding>(row => row.User.Value, thing => thing.Events.Any(recorded => recorded.Body is
            AccountDisabled or AccountEnabled or AccountErased or AdministratorNamed or AdministratorRemoved or AuditorNamed or AuditorRemoved),
            (_, thing) => new(new(thing.Id), thing.State.Disabled, thing.State.Administrator, thing.State.Auditor, thing.State.Erased));
        await streams.EachAsync<AccountInvitation, AccountInvitationView>(row => row.Id.Value, thing => thing.Has<AccountInvited>(),
            (row, thing) => row with
            {
                Id = thing.State.Id, Until = thing.State.Until, State = thing.State.State, InvitedAt = thing.First<AccountInvited>(),
            });
        // What was allowed to a program is what it got.
        await streams.EachAsync<AccessToken, AccessTokenView>(row => row.Id.Value, thing => thing.State is { Issued: true, Revoked: false },
            (row, thing) => thing.State.Allowed is { } allowed
                ? new(thing.State.Id, thing.State.User, allowed.Name, row.Sha256, thing.First<AccessTokenIssued>(), allowed.Expires,
                    Scopes.Read(allowed.Scopes), allowed.Project, allowed.Addresses)
                : row with { Id = thing.State.Id, User = thing.State.User, IssuedAt = thing.First<AccessTokenIssued>() });
    }
}
