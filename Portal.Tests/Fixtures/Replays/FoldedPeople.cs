using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Accounts, invitations to make one, and what programs of people show.</summary>
internal static class FoldedPeople
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        await streams.EachAsync<Account, AccountStanding>(row => row.User.Value, HasStanding, (_, thing) =>
            new(new(thing.Id), thing.State.Disabled, thing.State.Administrator, thing.State.Auditor, thing.State.Erased));
        await streams.EachAsync<AccountInvitation, AccountInvitationView>(
            row => row.Id.Value, thing => thing.Has<AccountInvited>(), (row, thing) => row with
            {
                Id = thing.State.Id, Until = thing.State.Until, State = thing.State.State,
                InvitedAt = thing.First<AccountInvited>(),
            });
        await streams.EachAsync<AccessToken, AccessTokenView>(
            row => row.Id.Value, thing => thing.State is { Issued: true, Revoked: false }, Shown);
    }

    // An account that nothing else happened to than that somebody signed in has no row.
    private static bool HasStanding(Folded<Account> thing) => thing.Events.Any(recorded => recorded.Body is AccountDisabled
        or AccountEnabled or AccountErased or AdministratorNamed or AdministratorRemoved or AuditorNamed or AuditorRemoved);

    // What was allowed to a program is what it got.
    private static AccessTokenView Shown(AccessTokenView row, Folded<AccessToken> thing)
    {
        // Tests give one another end by issuing it anew.
        var (token, issued) = (thing.State, thing.Events.Last(recorded => recorded.Body is AccessTokenIssued).Time);
        return token.Allowed is { } allowed
            ? new(token.Id, token.User, allowed.Name, row.Sha256, issued, allowed.Expires, Scopes.Read(allowed.Scopes),
                allowed.Project, allowed.Addresses)
            : row with { Id = token.Id, User = token.User, IssuedAt = issued };
    }
}
