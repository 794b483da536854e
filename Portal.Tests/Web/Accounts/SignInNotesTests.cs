using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Domain.Common;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>What is written down of who signs in, who does not, and who tries to get round something.</summary>
public sealed class SignInNotesTests(RunningPortalFixture portals, PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_and_out_and_wrong_passwords_are_events_and_of_the_same_fault_there_is_one_a_minute()
    {
        var portal = await portals.PortalAsync(Cancel);
        var mail = $"{Guid.NewGuid():n}@example.org";
        var grace = await new AccountGround(portal).SignUpAsync(mail);
        using var visit = new CookieVisit(portal.Address);
        Assert.Equal("/", await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
        await visit.SignOutAsync(Cancel);
        for (var each = 0; each < WrongTries.Each; each++) Assert.Null(await visit.SignInAsync(mail, "not the right one", Cancel));
        // The right one helps nobody meanwhile.
        Assert.Null(await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
        Assert.Equal(
        [
            "sign_in_failed password resting by portal from 127.0.0.1",
            "sign_in_failed password wrong by portal from 127.0.0.1",
            $"signed_in password  by {grace.User} from 127.0.0.1",
            $"signed_out   by {grace.User} from 127.0.0.1",
        ], await FactsAsync(portal, grace, 4));
    }

    [Fact]
    public async Task Wrong_codes_are_events_too()
    {
        var portal = await portals.PortalAsync(Cancel);
        var mail = $"{Guid.NewGuid():n}@example.org";
        var grace = await new AccountGround(portal).SignUpAsync(mail);
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "update accounts.users set two_factor_enabled = true where id = $1");
        command.Parameters.Add(new() { Value = grace.User!.Value.Value });
        await command.ExecuteNonQueryAsync(Cancel);
        using var visit = new CookieVisit(portal.Address);
        Assert.StartsWith("/sign-in/code", await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
        using var answer = await visit.PostAsync(
            "sign-in/code", "sign-in/code", new() { ["_handler"] = "code", ["Given.Code"] = "not a code" }, Cancel);
        Assert.Equal(["sign_in_failed code wrong by portal from 127.0.0.1"], await FactsAsync(portal, grace, 1));
    }

    [Fact]
    public async Task Tries_of_nobody_who_is_known_are_log_lines_without_what_was_typed()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", "--Portal:Limits:WrongTries=2");
        using var lines = new LoggedLines();
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        using var visit = new CookieVisit(portal.Address);
        var mail = $"{Guid.NewGuid():n}@example.org";
        for (var each = 0; each < 8; each++) Assert.Null(await visit.SignInAsync(mail, "not the right one", Cancel));
        using var forged = await visit.Http.PostAsync(new Uri("sign-out", UriKind.Relative), new FormUrlEncodedContent([]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var passkey = await visit.Http.PostAsync(new Uri("sign-in/passkey", UriKind.Relative), new FormUrlEncodedContent([]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, passkey.StatusCode);
        using var program = RestClient.With(portal.Address, "portal_pat_guess");
        await program.GetAsync("me", Cancel, 401);
        foreach (var what in (string[])["a password for no account", "too many wrong passwords", "a form without the token of its session",
            "a wrong access token"])
            Assert.Single(lines.All, line => line.Text.EndsWith($"127.0.0.1: {what}", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Text.Contains(mail, StringComparison.Ordinal));
    }

    // Those of an account, in the order of their words; wrong tries are written down a moment after they are answered.
    private static async Task<IReadOnlyList<string>> FactsAsync(TestPortal portal, Caller person, int atLeast)
    {
        for (var look = 0; ; look++)
        {
            await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
                "select type, body::text, metadata::text from portal_events.events where stream like 'signin-%' and body::text like $1");
            command.Parameters.Add(new() { Value = $"%{person.User}%" });
            await using var rows = await command.ExecuteReaderAsync(Cancel);
            var facts = new List<string>();
            while (await rows.ReadAsync(Cancel))
            {
                var (body, meta) = (JsonElement.Parse(rows.GetString(1)), JsonElement.Parse(rows.GetString(2)));
                string Of(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? $"{value}".ToLowerInvariant() : "";
                facts.Add($"{rows.GetString(0)} {Of(body, "way")} {Of(body, "fault")} by {Of(meta, "actor")} from {Of(meta, "clientAddress")}");
            }
            if (facts.Count >= atLeast || look == 500) return [.. facts.Order(StringComparer.Ordinal)];
            await Task.Delay(20, Cancel);
        }
    }
}
