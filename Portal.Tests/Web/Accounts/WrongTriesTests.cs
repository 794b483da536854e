using Npgsql;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>How wrong passwords and codes are counted, at a time of the test's own.</summary>
public sealed class WrongTriesTests(RunningPortalFixture portals) : IAsyncLifetime
{
    private readonly Moment time = new();
    private readonly TrySubject subject = TrySubject.Password($"{Guid.NewGuid():n}@EXAMPLE.ORG");
    private NpgsqlDataSource database = null!;
    private WrongTries tries = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create((await portals.PortalAsync(Cancel)).Database);
        tries = new WrongTries(database, time);
    }

    [Fact]
    public async Task After_every_eighth_try_there_is_a_pause_twice_as_long_and_what_is_refused_makes_it_no_longer()
    {
        foreach (var minutes in (int[])[5, 10, 20])
        {
            for (var each = 0; each < WrongTries.Each; each++) Assert.True(await TakeAsync("a"));
            time.Now += TimeSpan.FromMinutes(minutes - 1);
            Assert.False(await TakeAsync("a"));
            time.Now += TimeSpan.FromMinutes(1);
        }
        Assert.True(await TakeAsync("a"));
        await tries.ForgetAsync(subject, "a", Cancel);
        for (var each = 0; each < WrongTries.Each; each++) Assert.True(await TakeAsync("a"));
    }

    [Fact]
    public async Task Many_tries_at_once_are_no_more_than_many_after_another() =>
        Assert.Equal(WrongTries.Each,
            (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TakeAsync("a")))).Count(may => may));

    [Fact]
    public async Task Who_guesses_shuts_out_themselves_and_not_the_owner()
    {
        for (var each = 0; each <= WrongTries.Each; each++) await TakeAsync("guesser");
        Assert.False(await TakeAsync("guesser"));
        Assert.True(await TakeAsync("owner"));
        Assert.False(await RestsAsync("owner"));
    }

    [Fact]
    public async Task Very_many_from_many_addresses_make_an_account_rest_but_not_where_its_owner_has_a_session()
    {
        var people = new AccountGround(await portals.PortalAsync(Cancel));
        var mail = $"{Guid.NewGuid():n}@example.org";
        await people.SessionAsync(await people.SignUpAsync(mail), "198.51.100.4");
        for (var address = 0; address <= WrongTries.MostOfOthers / WrongTries.Each; address++)
            for (var each = 0; each < WrongTries.Each; each++) await TakeAsync($"{address}");
        Assert.True(await RestsAsync("198.51.100.5"));
        Assert.False(await tries.RestsAsync(subject, "198.51.100.4", mail.ToUpperInvariant(), "198.51.100.4", Cancel));
        time.Now += TimeSpan.FromHours(1);
        Assert.False(await RestsAsync("198.51.100.5"));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private Task<bool> TakeAsync(string address) => tries.TakeAsync(subject, address, Cancel);

    private Task<bool> RestsAsync(string address) => tries.RestsAsync(subject, address, "NOBODY@EXAMPLE.ORG", address, Cancel);

    private sealed class Moment : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
