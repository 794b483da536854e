using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Who sees when and from where somebody signed in.</summary>
public sealed class SignInsTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_their_own_in_pages_newest_first_with_what_was_refused_and_nothing_of_others()
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var (grace, other) = (await people.SignUpAsync(), await people.SignUpAsync());
        await HappenAsync(people, grace);
        await HappenAsync(people, other);
        var first = PortalGround.Ok(await ListAsync(people, grace, null, null, 2));
        Assert.Equal([(SignInKind.Out, null, null), (SignInKind.Refused, SignInWay.Code, SignInFault.Wrong)],
            first.Items.Select(one => (one.Kind, one.Way, one.Fault)));
        Assert.Equal("192.0.2.66", first.Items[1].Address);
        Assert.True(first.More);
        var rest = PortalGround.Ok(await ListAsync(people, grace, null, first.Items[^1].Position, 2));
        var begun = Assert.Single(rest.Items);
        Assert.Equal((SignInKind.In, SignInWay.Password, "192.0.2.7"), (begun.Kind, begun.Way, begun.Address));
        Assert.False(rest.More);
        Assert.Equal("INVALID_INPUT", Code(await ListAsync(people, grace, null, null, 0)));
        Assert.Equal("FORBIDDEN", Code(await ListAsync(people,
            grace with { Token = new(Guid.NewGuid(), Portal.Domain.AccessTokens.Scopes.All, null) }, null, null, 10)));
        Assert.Equal("NOT_FOUND", Code(await ListAsync(people, other, grace.User, null, 10)));
    }

    [Fact]
    public async Task Administrators_and_auditors_see_those_of_others_and_that_they_looked_is_recorded()
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var (administrator, auditor, grace) = (await people.AdministratorAsync(), await people.SignUpAsync(), await people.SignUpAsync());
        await people.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        await HappenAsync(people, grace);
        foreach (var reader in (Caller[])[administrator, auditor])
        {
            Assert.Equal(3, PortalGround.Ok(await ListAsync(people, reader, grace.User, null, 10)).Items.Count);
            Assert.Equal("NOT_FOUND", Code(await ListAsync(people, reader, new Id<User>(Guid.NewGuid()), null, 10)));
            Assert.Equal("NOT_FOUND", Code(await ListAsync(people, reader with { User = new Id<User>(Guid.NewGuid()) }, grace.User, null, 10)));
        }
        // The record has them for auditors, as it has everything; and for nobody else.
        var question = new EventQuestion { Types = ["signed_in", "sign_in_failed"], Text = grace.User.ToString() };
        Assert.Equal(2, PortalGround.Ok(await people.Get<SearchEventsHandler>().PageAsync(auditor, question, true, 10, Cancel)).Events.Count);
        foreach (var none in (Caller[])[administrator, grace])
            Assert.Empty(PortalGround.Ok(await people.Get<SearchEventsHandler>().PageAsync(none, question, true, 10, Cancel)).Events);
        await SettledAsync(people);
        var read = PortalGround.Ok(await people.Get<SearchEventsHandler>().PageAsync(auditor,
            new() { Types = ["record_read"], Text = $"sign_ins {grace.User}" }, true, 10, Cancel)).Events;
        Assert.Equal([$"{administrator.User}", $"{auditor.User}"], read.Select(one => $"{((RecordRead)one.Body).Reader}").Reverse());
    }

    private static async Task HappenAsync(AccountGround people, Caller person)
    {
        var (notes, session) = (people.Get<SignInNotes>(), new Id<Session>(Guid.NewGuid()));
        var here = person with { ClientAddress = "192.0.2.7" };
        await notes.BeganAsync(here, session, SignInWay.Password, Cancel);
        await notes.FailedAsync("192.0.2.66", person.User!.Value, SignInWay.Code, SignInFault.Wrong, Cancel);
        await notes.LeftAsync(here, session, Cancel);
        await SettledAsync(people);
    }

    private static async Task SettledAsync(AccountGround people) => await people.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(
        await people.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);

    private static Task<Result<NotedSignIns>> ListAsync(AccountGround people, Caller caller, Id<User>? person, long? before, int limit) =>
        people.Get<SignInsHandler>().HandleAsync(caller, person, before, limit, Cancel);

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
