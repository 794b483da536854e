using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Mail;

/// <summary>How mails wait, are sent, are put off and are given up, with a real mail server.</summary>
public sealed class OutboxTests(PostgresFixture postgres) : IAsyncDisposable
{
    private TestPortal? portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_sent_once_tried_again_when_it_is_put_off_and_given_up_when_it_is_refused_for_good()
    {
        await using var mails = await MailHost.StartAsync(Cancel);
        portal = await StartAsync(mails.Port);
        foreach (var name in (string[])["nobody", "later", "grace"]) await InviteAsync(name);
        var sent = await mails.NextAsync("grace@example.org", Cancel);
        Assert.Equal("http://portal.test/invitation#portal_inv_00", sent.Link);
        await mails.PutOffAsync("later@example.org", Cancel);
        await UntilAsync(rows => rows is [(1, _)]);
        await SqlAsync("update accounts.outbox set next_at = now()");
        await Outbox.PutAsync(new ResetPassword("unknown@example.org"), Cancel);
        await mails.NextAsync("later@example.org", Cancel);
        await UntilAsync(rows => rows.Count == 0);
        Assert.Equal(2, mails.Mails.Count);
        Assert.Equal([5, 10, 20, 1800, 1800],
            ((int[])[1, 2, 3, 10, 500]).Select(attempt => (int)Postman.PauseAfter(attempt).TotalSeconds));
    }

    [Fact]
    public async Task What_waits_tells_a_thief_of_the_database_nothing_and_goes_after_a_day()
    {
        // Nobody listens there.
        portal = await StartAsync(1);
        await InviteAsync("grace");
        await InviteAsync("ada");
        await UntilAsync(rows => rows.Count == 2 && rows.All(row => row.Attempts > 0));
        string[] telling = ["grace", "ada", "portal_inv", "example", "Tides"];
        // The row shows its bytes in hexadecimal; of "ada" as it is, any of those may consist by chance.
        Assert.All(await RowsAsync(), row => Assert.All(telling, word =>
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), row.Text, StringComparison.Ordinal)));
        await SqlAsync("update accounts.outbox set until = now() - interval '1 second'");
        Assert.Null(await Outbox.TakeAsync(Cancel));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_mailbox_gets_a_few_mails_an_hour_whoever_asks()
    {
        await using var mails = await MailHost.StartAsync(Cancel);
        portal = await StartAsync(mails.Port, "--Portal:Limits:Mails=2");
        var address = MemberGround.Address();
        await new MemberGround(portal).SignUpAsync(address);
        for (var i = 0; i < 5; i++)
        {
            var typed = i % 2 == 0 ? address : address.ToUpperInvariant();
            Assert.Null(await AskAsync(mail => mail.AskForResetAsync(typed, Cancel)));
        }
        Assert.Null(await AskAsync(mail => mail.AskToConfirmAsync("other@example.org", Cancel)));
        await mails.NextAsync(address, Cancel, after: 1);
        await UntilAsync(rows => rows.Count == 0);
        Assert.Equal(2, mails.Mails.Count);
        for (var i = 0; i < 14; i++) await AskAsync(mail => mail.AskForResetAsync(address, Cancel));
        Assert.Equal("RATE_LIMITED", (await AskAsync(mail => mail.AskForResetAsync(address, Cancel)))!.Code);
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null) await portal.DisposeAsync();
    }

    private Outbox Outbox => portal!.Services.GetRequiredService<Outbox>();

    private Task<TestPortal> StartAsync(int port, params string[] more) => TestPortal.StartAsync(postgres, Cancel,
        ["--Portal:Roles=web", "--Portal:Address=http://portal.test", "--Portal:Mail:Host=127.0.0.1",
            $"--Portal:Mail:Port={port}", "--Portal:Mail:Tls=none", "--Portal:Mail:From=portal@example.org", .. more]);

    private Task InviteAsync(string name) => Outbox.SendAsync(
        new($"{name}@example.org", "/invitation#portal_inv_00", "Tides", default, DateTimeOffset.UnixEpoch), Cancel);

    private async Task<T> AskAsync<T>(Func<AccountMail, Task<T>> ask)
    {
        await using var scope = portal!.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<AccountMail>());
    }

    private async Task UntilAsync(Predicate<IReadOnlyList<(int Attempts, string Text)>> good)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!good(await RowsAsync())) await timer.WaitForNextTickAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
    }

    // How often each was tried, 0 while it is; and all that stands in its row.
    private async Task<List<(int Attempts, string Text)>> RowsAsync()
    {
        await using var command = portal!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select case when next_at < now() + interval '1 minute' then attempts else 0 end, "
            + "outbox::text || encode(sealed, 'escape') from accounts.outbox");
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var found = new List<(int, string)>();
        while (await rows.ReadAsync(Cancel)) found.Add((rows.GetInt32(0), rows.GetString(1)));
        return found;
    }

    private async Task SqlAsync(string sql)
    {
        await using var command = portal!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
