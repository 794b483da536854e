using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>How passwords are typed, taken, kept and changed.</summary>
public sealed partial class PasswordTests(RunningPortalFixture portals)
{
    private readonly string mail = $"{Guid.NewGuid():n}@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_taken_exactly_as_it_was_typed_whatever_its_length()
    {
        var portal = await portals.PortalAsync(Cancel);
        var password = "  Grüße an die Gezeiten, " + string.Join(' ', Enumerable.Range(100, 50)) + " ";
        Assert.True(password.Length is > 200 and < PasswordRules.MaximumLength);
        using var made = await CookieVisit.SignUpAsync(portal.Address, Cancel, mail, password);
        using var visit = new CookieVisit(portal.Address);
        foreach (var other in (string[])[password.Trim(), password.ToLowerInvariant(), password[..72], password.Replace('ü', 'u')])
            Assert.Null(await visit.SignInAsync(mail, other, Cancel));
        Assert.Equal("/", await visit.SignInAsync(mail, password, Cancel));
    }

    [Fact]
    public async Task A_hash_of_few_rounds_becomes_one_of_many_and_the_session_that_proved_itself_goes_on()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel, mail);
        Assert.Equal(PasswordRules.Rounds, await RoundsAsync(portal));
        var old = new PasswordHasher<PortalUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
        foreach (var signsIn in (bool[])[true, false])
        {
            await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>()
                .CreateCommand("update accounts.users set password_hash = $1 where email = $2");
            command.Parameters.Add(new() { Value = old.HashPassword(new(), CookieVisit.Password) });
            command.Parameters.Add(new() { Value = mail });
            await command.ExecuteNonQueryAsync(Cancel);
            if (signsIn) Assert.Equal("/", await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
            else await ProveAsync(visit);
            Assert.Equal(PasswordRules.Rounds, await RoundsAsync(portal));
            using var page = await visit.Http.GetAsync(new Uri("account", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    [Fact]
    public async Task A_change_takes_the_present_password()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel, mail);
        using var answer = await visit.PostAsync("account", "account", new()
        {
            ["_handler"] = "password", ["Given.Current"] = "not the right one",
            ["Given.New"] = "another long sentence", ["Given.Again"] = "another long sentence",
        }, Cancel);
        Assert.Contains("That is not right.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var other = new CookieVisit(portal.Address);
        Assert.Null(await other.SignInAsync(mail, "another long sentence", Cancel));
        Assert.Equal("/", await other.SignInAsync(mail, CookieVisit.Password, Cancel));
    }

    [Fact]
    public async Task Fields_hide_what_is_typed_name_themselves_to_password_managers_and_let_it_be_pasted()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel, mail);
        using var nobody = new CookieVisit(portal.Address);
        foreach (var (who, page, fields) in (IEnumerable<(CookieVisit, string, int)>)[(nobody, "sign-in", 1), (nobody, "register", 2),
            (visit, "account", 3), (visit, "account/second-factors", 2), (visit, "account/prove", 1)])
        {
            var html = await who.Http.GetStringAsync(new Uri(page, UriKind.Relative), Cancel);
            var found = Inputs().Matches(html).Select(match => match.Value)
                .Where(input => !input.Contains("hidden", StringComparison.Ordinal))
                .Where(input => input.Contains("assword", StringComparison.Ordinal) || input.Contains("Proof", StringComparison.Ordinal)).ToList();
            Assert.Equal(fields, found.Count);
            Assert.All(found, input => Assert.Matches("type=\"password\"", input));
            Assert.All(found, input => Assert.Matches("autocomplete=\"(current|new)-password\"", input));
            Assert.DoesNotContain("onpaste", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task ProveAsync(CookieVisit visit)
    {
        using var wrong = await visit.PostAsync("account/prove", "account/prove?then=/account/sessions",
            new() { ["_handler"] = "prove", ["Given.Proof"] = "not the right one" }, Cancel);
        Assert.Contains("That is not right.", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var right = await visit.PostAsync("account/prove", "account/prove?then=/account/sessions",
            new() { ["_handler"] = "prove", ["Given.Proof"] = CookieVisit.Password }, Cancel);
        Assert.EndsWith("/account/sessions", right.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    // Where Identity's third format has them: a byte for the format, four for the function, four for the rounds.
    private async Task<int> RoundsAsync(TestPortal portal)
    {
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select password_hash from accounts.users where email = $1");
        command.Parameters.Add(new() { Value = mail });
        var hash = Convert.FromBase64String((string)(await command.ExecuteScalarAsync(Cancel))!);
        Assert.Equal(2, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1)));
        return BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5));
    }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();
}
