using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Who asks for what only administrators do, or a token for what takes a person, is refused and written down.</summary>
public sealed class AccountDenialTests(RunningPortalFixture portals)
{
    private static readonly Dictionary<Operation, Func<AccountGround, Caller, Task<IReadOnlyList<Problem>?>>> ForAdministrators = new()
    {
        [Operation.ListAccounts] = async (people, caller) => (await people.Get<ListAccountsHandler>().HandleAsync(caller, new(), Cancel)).Problems,
        [Operation.DisableAccount] = async (people, caller) => (await people.Get<DisableAccountHandler>().HandleAsync(caller, new(Other), Cancel)).Problems,
        [Operation.EnableAccount] = async (people, caller) => (await people.Get<EnableAccountHandler>().HandleAsync(caller, new(Other), Cancel)).Problems,
        [Operation.EraseAccount] = async (people, caller) =>
            (await people.Get<EraseAccountHandler>().HandleAsync(caller, new(Other, "x@example.org"), Cancel)).Problems,
        [Operation.ChangeAdministrator] = async (people, caller) =>
            (await people.Get<ChangeAdministratorHandler>().HandleAsync(caller, new(caller.User!.Value, true), Cancel)).Problems,
        [Operation.ChangeAuditor] = async (people, caller) =>
            (await people.Get<ChangeAuditorHandler>().HandleAsync(caller, new(caller.User!.Value, true), Cancel)).Problems,
        [Operation.RemoveSecondFactors] = async (people, caller) =>
            (await people.Get<RemoveSecondFactorsHandler>().HandleAsync(caller, new(Other, "x@example.org"), Cancel)).Problems,
        [Operation.EndUserSessions] = async (people, caller) => (await people.Get<EndUserSessionsHandler>().HandleAsync(caller, new(Other), Cancel)).Problems,
        [Operation.ListSignIns] = async (people, caller) => (await people.Get<SignInsHandler>().HandleAsync(caller, Other, null, 10, Cancel)).Problems,
        [Operation.InviteAccount] = async (people, caller) =>
            (await people.Get<InviteAccountHandler>().HandleAsync(caller, new(new(Guid.NewGuid()), "x@example.org"), Cancel)).Problems,
        [Operation.ListAccountInvitations] = async (people, caller) =>
            (await people.Get<ListAccountInvitationsHandler>().HandleAsync(caller, new([]), Cancel)).Problems,
        [Operation.RevokeAccountInvitation] = async (people, caller) =>
            (await people.Get<RevokeAccountInvitationHandler>().HandleAsync(caller, new(new(Guid.NewGuid())), Cancel)).Problems,
    };

    private static readonly Dictionary<Operation, Func<AccountGround, Caller, Task<IReadOnlyList<Problem>?>>> InPerson = new()
    {
        [Operation.ListOwnSignIns] = async (people, caller) => (await people.Get<SignInsHandler>().HandleAsync(caller, null, null, 10, Cancel)).Problems,
        [Operation.ListSessions] = async (people, caller) => (await people.Get<ListSessionsHandler>().HandleAsync(caller, Cancel)).Problems,
        [Operation.EndSessions] = async (people, caller) => (await people.Get<EndSessionsHandler>().HandleAsync(caller, new(null), Cancel)).Problems,
        [Operation.ChangeSignIn] = async (people, caller) =>
            (await people.Get<ChangeSignInHandler>().HandleAsync(caller, [SignInChange.PasswordChanged], Cancel)).Problems,
    };

    public static TheoryData<Operation> OfAdministrators => [.. ForAdministrators.Keys];

    public static TheoryData<Operation> OfPersons => [.. InPerson.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Id<User> Other { get; } = new(Guid.NewGuid());

    [Theory, MemberData(nameof(OfAdministrators))]
    public async Task What_administrators_do_is_not_there_for_others_and_that_they_asked_is_an_event(Operation operation)
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var grace = await people.SignUpAsync();
        for (var time = 0; time < 2; time++)
            Assert.Equal("NOT_FOUND", Assert.Single((await ForAdministrators[operation](people, grace))!).Code);
        Assert.Equal([(operation.ToString(), "NOT_FOUND", "user")], await DenialsAsync(people, grace));
        var rule = Policy.Of(operation);
        Assert.True(rule is { InPerson: true, Administrator: true, Permission: null });
    }

    [Theory, MemberData(nameof(OfPersons))]
    public async Task What_takes_a_person_is_forbidden_to_a_token_and_that_it_asked_is_an_event(Operation operation)
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var grace = await people.SignUpAsync();
        var program = grace with { Token = new(Guid.NewGuid(), Scopes.All, null) };
        Assert.Equal("FORBIDDEN", Assert.Single((await InPerson[operation](people, program))!).Code);
        Assert.Equal([(operation.ToString(), "FORBIDDEN", "token")], await DenialsAsync(people, grace));
        Assert.True(Policy.Of(operation) is { InPerson: true, Administrator: false, Permission: null });
    }

    [Fact]
    public async Task Who_administers_is_not_written_down()
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var administrator = await people.AdministratorAsync();
        foreach (var ask in ForAdministrators.Values) await ask(people, administrator);
        Assert.Empty(await DenialsAsync(people, administrator));
    }

    // What is noted of one's own affairs stands in one's own project.
    private static async Task<IEnumerable<(string Operation, string Code, string Kind)>> DenialsAsync(AccountGround people, Caller person)
    {
        await people.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await people.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        var found = PortalGround.Ok(await people.Get<ReadEventsHandler>().HandleAsync(
            person, new(person.User!.Value.Value), new(Types: ["access_denied"]), 0, 50, Cancel));
        return found.Events.Select(one => (((AccessDenied)one.Body).Operation, ((AccessDenied)one.Body).Code, one.Metadata.ActorKind));
    }
}
