using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>How long sessions go on, at a time of the test's own, and that each sign-in begins one of its own.</summary>
public sealed class SessionLifeTests(RunningPortalFixture portals)
{
    private readonly Clock time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_at_its_longest_life_however_much_it_is_used()
    {
        var portal = await portals.PortalAsync(Cancel);
        var grace = await new AccountGround(portal).SignUpAsync();
        await using var database = NpgsqlDataSource.Create(portal.Database);
        var table = new SessionTable(database, new() { Idle = TimeSpan.FromDays(2), Longest = TimeSpan.FromDays(5) }, time);
        var (used, idle) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var session in (Guid[])[used, idle]) await BeginAsync(table, session, grace);
        for (var day = 1; day < 5; day++)
        {
            time.Now += TimeSpan.FromDays(1);
            Assert.NotNull(await table.SeenAsync(used, grace.User!.Value.Value, null, Cancel));
            // Another stamp, as after a changed password: the same session goes on, and not for longer.
            await BeginAsync(table, used, grace);
        }
        Assert.Null(await table.SeenAsync(idle, grace.User!.Value.Value, null, Cancel));
        time.Now += TimeSpan.FromDays(1);
        Assert.Null(await table.SeenAsync(used, grace.User!.Value.Value, null, Cancel));
    }

    [Theory]
    [InlineData("00:01:00", "1.00:00:00")]
    [InlineData("2.00:00:00", "1.00:00:00")]
    public void Lives_that_make_no_sense_are_refused_at_start(string idle, string longest) =>
        Assert.Throws<FormatException>(() =>
            new SessionSettings { Idle = TimeSpan.Parse(idle, null), Longest = TimeSpan.Parse(longest, null) }.Check());

    [Fact]
    public async Task Each_sign_in_begins_a_session_of_its_own_and_ends_the_one_of_before()
    {
        var portal = await portals.PortalAsync(Cancel);
        var ground = new AccountGround(portal);
        var mail = $"{Guid.NewGuid():n}@example.org";
        var grace = await ground.SignUpAsync(mail);
        using var visit = new CookieVisit(portal.Address);
        var seen = new List<(Id<Session> Session, string Cookie)>();
        for (var each = 0; each < 3; each++)
        {
            Assert.Equal("/", await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
            var open = Assert.Single(PortalGround.Ok(await ground.Get<ListSessionsHandler>().HandleAsync(grace, Cancel)));
            seen.Add((open.Entry.Id, visit.Session!));
        }
        Assert.Equal(3, seen.DistinctBy(one => one.Session).Count());
        Assert.Equal(3, seen.DistinctBy(one => one.Cookie).Count());
        // The browser holds what is sealed, not the id.
        Assert.All(seen, one => Assert.DoesNotContain(one.Session.ToString(), one.Cookie, StringComparison.Ordinal));
        await visit.SignOutAsync(Cancel);
        Assert.Empty(PortalGround.Ok(await ground.Get<ListSessionsHandler>().HandleAsync(grace, Cancel)));
    }

    private async Task BeginAsync(SessionTable table, Guid session, Caller person)
    {
        var stamp = await new AccountGround(await portals.PortalAsync(Cancel)).StampAsync(person.User!.Value.Value);
        await table.BeginAsync(session, person.User!.Value.Value, stamp, "tests", null, Cancel);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
