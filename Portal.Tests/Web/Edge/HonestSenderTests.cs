using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Cli.Login;
using Portal.Domain.AccessTokens;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Edge;

/// <summary>Who means well behind the same address as who guesses, or as a program that was forgotten.</summary>
public sealed class HonestSenderTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_polls_with_an_old_token_keeps_nobody_from_signing_in()
    {
        await using var portal = await StartAsync("--Portal:Limits:WrongTries=1");
        using var owner = new WebForms(portal.Address);
        Assert.Null(await owner.SignUpAsync("Ada", "ada@example.org", "correct horse battery", Cancel));
        using var program = RestClient.With(portal.Address, await owner.TokenAsync("tests", Cancel));
        var token = (await program.GetAsync("tokens", Cancel)).GetProperty("items")[0].GetProperty("id").GetString();
        await program.DeleteAsync($"tokens/{token}", Cancel);
        await portal.Services.GetRequiredService<IDocuments>().CaughtUpAsync<IssuedTokenText>(
            await portal.Services.GetRequiredService<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        // A door may know it for two seconds more; then each of many is told the same.
        var told = 0;
        for (var poll = 0; told < 20; poll++)
        {
            Assert.True(poll < 10_000, "The revoked token works on.");
            using var answer = await program.Http.GetAsync("me", Cancel);
            if (answer.StatusCode == HttpStatusCode.OK) continue;
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            told++;
        }
        using var elsewhere = new WebForms(portal.Address);
        Assert.Null(await elsewhere.SignInAsync("ada@example.org", "correct horse battery", Cancel));
        // Guesses at tokens are slowed down, and keep nobody from signing in either.
        for (var guess = 0; guess < 4; guess++)
        {
            using var guesser = RestClient.With(portal.Address, $"portal_pat_{guess}");
            await guesser.GetAsync("me", Cancel, guess < 3 ? 401 : 429);
        }
        using var third = new WebForms(portal.Address);
        Assert.Null(await third.SignInAsync("ada@example.org", "correct horse battery", Cancel));
    }

    [Fact]
    public async Task Who_signed_in_here_before_is_not_kept_out_by_who_guesses_at_the_same_address_and_guesses_no_more_than_others()
    {
        await using var portal = await StartAsync("--Portal:Limits:WrongTries=1");
        using var owner = new WebForms(portal.Address);
        Assert.Null(await owner.SignUpAsync("Ada", "ada@example.org", "correct horse battery", Cancel));
        using var guesser = new WebForms(portal.Address);
        for (var guess = 0; guess < 3; guess++)
            Assert.Contains(SignIn.Refusal, await guesser.SignInAsync("ada@example.org", $"wrong horse battery {guess}", Cancel));
        Assert.Contains(SignIn.TooMany, await guesser.SignInAsync("ada@example.org", "correct horse battery", Cancel));
        Assert.Null(await owner.SignInAsync("ada@example.org", "correct horse battery", Cancel));
        // For another account the known browser is one like any other; and at its own it rests after eight wrong tries.
        Assert.Contains(SignIn.TooMany, await owner.SignInAsync("grace@example.org", "correct horse battery", Cancel));
        for (var guess = 0; guess < WrongTries.Each; guess++)
            Assert.Contains(SignIn.Refusal, await owner.SignInAsync("ada@example.org", $"wrong horse battery {guess}", Cancel));
        Assert.Contains(SignIn.Refusal, await owner.SignInAsync("ada@example.org", "correct horse battery", Cancel));
    }

    private Task<TestPortal> StartAsync(params string[] settings) =>
        TestPortal.StartAsync(postgres, Cancel, ["--Portal:Roles=web", .. settings]);
}
