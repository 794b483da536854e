using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary><c>portal token</c> and <c>portal logout</c>.</summary>
public sealed class TokenTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_are_listed_and_revoked_one_alone_or_all_of_a_program()
    {
        var person = await new AccountGround(ground.Portal).SignUpAsync();
        var environment = CommandLine.SignedIn(ground.Portal.Address, (await MadeAsync(person, "desk", [.. Scopes.All])).Text);
        var (one, _, other) = (await MadeAsync(person, "nightly"), await MadeAsync(person, "nightly"),
            await MadeAsync(person, "dashboard"));
        var listed = await shell.RunAsync("", environment, "token", "list");
        Assert.Equal(4, listed.Text.TrimEnd().Split('\n').Length - 1);
        Assert.Matches("dashboard +get_job_status +all", listed.Text);
        Assert.DoesNotContain(one.Text, listed.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await ListAsync("--client", "nightly")).GetArrayLength());

        Assert.Matches("Revoked +1", (await shell.RunAsync("", environment, "token", "revoke",
            SchemaGround.IdOf(other.Id))).Text);
        Assert.Equal(3, (await ListAsync()).GetArrayLength());
        Assert.Matches("Revoked +2", (await shell.RunAsync("", environment, "token", "revoke", "--client", "nightly")).Text);
        Assert.Equal("desk", Assert.Single((await ListAsync()).EnumerateArray()).GetProperty("name").GetString());
        Assert.Matches("Revoked +0", (await shell.RunAsync("", environment, "token", "revoke", "--client", "nightly")).Text);

        foreach (var wrong in new[] { Array.Empty<string>(), ["x"], [SchemaGround.IdOf(one.Id), "--client", "nightly"] })
            Assert.Equal(2, (await shell.RunAsync("", environment, ["token", "revoke", .. wrong])).ExitCode);
        var stranger = await shell.RunAsync("", await CommandLine.AdaAsync(ground), "token", "revoke",
            SchemaGround.IdOf(new Id<AccessToken>(Guid.CreateVersion7())));
        Assert.Contains("(NOT_FOUND)", stranger.Error, StringComparison.Ordinal);
        environment["PORTAL_TOKEN"] = (await MadeAsync(person, "narrow")).Text;
        Assert.Contains("keep_token", (await shell.RunAsync("", environment, "token", "list")).Error, StringComparison.Ordinal);

        async Task<JsonElement> ListAsync(params string[] more) =>
            JsonElement.Parse((await shell.RunAsync("", environment, ["token", "list", "-o", "json", .. more])).Text);
    }

    [Fact]
    public async Task Logging_out_revokes_the_kept_token_and_forgets_it_and_nothing_else()
    {
        var token = await MadeAsync(ground.Ada, "kept", [.. Scopes.All]);
        var url = ground.Portal.Address.ToString();
        await File.WriteAllTextAsync(shell.Config, JsonSerializer.Serialize(new { url, token = token.Text, output = "yaml" }),
            Cancel);
        Assert.Equal(0, (await shell.RunAsync("", null, "machine", "list")).ExitCode);
        // It is no token of another portal, and one that does not answer leaves it where it is.
        Assert.Contains("No access token is kept", (await shell.RunAsync("", null, "logout", "--url",
            "http://127.0.0.1:9")).Text, StringComparison.Ordinal);
        Assert.NotNull(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel));

        var left = await shell.RunAsync("", null, "logout");
        Assert.Contains("revoked and forgotten", left.Text, StringComparison.Ordinal);
        Assert.Null(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel));
        var kept = JsonElement.Parse(await File.ReadAllTextAsync(shell.Config, Cancel));
        Assert.Equal(("yaml", false), (kept.GetProperty("output").GetString(), kept.TryGetProperty("token", out _)));
        var again = await shell.RunAsync("", null, "logout");
        Assert.Equal((0, true), (again.ExitCode, again.Text.Contains("No access token is kept", StringComparison.Ordinal)));

        var gone = JsonSerializer.Serialize(new { url = "http://127.0.0.1:9", token = "portal_pat_x" });
        await File.WriteAllTextAsync(shell.Config, gone, Cancel);
        Assert.Equal(4, (await shell.RunAsync("", null, "logout")).ExitCode);
        Assert.Contains("portal_pat_x", await File.ReadAllTextAsync(shell.Config, Cancel), StringComparison.Ordinal);
    }

    public void Dispose() => shell.Dispose();

    private Task<IssuedAccessToken> MadeAsync(Caller caller, string client, params IReadOnlyList<Scope> scopes) =>
        ground.Get<Ledger>().TokenAsync(
            caller, new(client, scopes.Count > 0 ? scopes : [Scope.GetJobStatus], null, [], TimeSpan.FromHours(1)));
}
