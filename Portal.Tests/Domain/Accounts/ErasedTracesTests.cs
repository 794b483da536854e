using System.Text.Json;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Domain.Accounts;

/// <summary>What is left of a person who was erased: an id, in a record that is whole.</summary>
public sealed class ErasedTracesTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ErasureGround Erasures => new(ground);

    private AccountGround People => new(ground.Portal);

    private MemberGround Members => new(ground.Portal);

    [Fact]
    public async Task Nothing_of_them_is_left_in_the_database_but_the_id_and_the_record_is_whole()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        var name = await Erasures.FillAsync(grace, administrator);
        var person = grace.Caller.User!.Value;
        var token = await ground.AccessTokenAsync(grace.Caller);
        Assert.NotEmpty(await TablesWithAsync(grace.Address, name));
        var file = Path.Combine(ground.Portal.Folder, "erased-seals.pem");
        using var key = SealKey.LoadOrCreate(file);
        using var keys = SealKeys.Parse(key.PublicPem);
        await ground.Get<EventStoreDatabase>().SealAsync(key, DateTimeOffset.UtcNow, Cancel);

        PortalGround.Ok(await Erasures.EraseAsync(administrator, grace));

        Assert.Empty(await TablesWithAsync(grace.Address, name));
        Assert.DoesNotContain(await TablesWithAsync(person.ToString(), person.Value.ToString("d")),
            table => table.StartsWith("accounts.", StringComparison.Ordinal));
        Assert.Equal(0L, await AskAsync("select count(*) from accounts.outbox"));
        Assert.Equal(0L, await AskAsync("select count(*) from accounts.wrong_tries"));
        Assert.Null(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel));
        var credentials = await ground.Get<IDocuments>().QueryAsync<CredentialView>(
            new([new("owner", Comparison.Equal, person.ToString())]), Cancel);
        var credential = Assert.Single(credentials.Items);
        Assert.Equal("revoked", credential.Ended);
        Assert.Null(await ground.Get<ISealedKeys>().FindAsync(credential.Id, Cancel));
        Assert.Equal([typeof(AccountErased), typeof(SessionsEnded)],
            (await People.FactsAsync(grace.Caller)).Select(fact => fact.GetType()));
        // What was sealed before and what is sealed now proves the same record.
        await ground.Get<EventStoreDatabase>().SealAsync(key, DateTimeOffset.UtcNow, Cancel);
        var report = await ground.Get<EventStoreDatabase>().VerifySealsAsync(keys, Cancel);
        Assert.Equal((true, 0L), (report.Holds, report.Unsealed));

        // Asked again it is done already; of who never was there is no such account; and the address is free again.
        Assert.Equal(person, PortalGround.Ok(await Erasures.EraseAsync(administrator, grace)));
        Assert.NotEqual(person, (await People.SignUpAsync(grace.Address)).User);
    }

    [Fact]
    public async Task An_erasure_that_a_crash_cut_off_is_finished_at_start_and_nobody_else_is_touched()
    {
        var (grace, other) = (await Erasures.PersonAsync(), await Erasures.PersonAsync());
        var run = await Erasures.RunAsync(grace.Caller);
        await People.HappenAsync(grace.Caller, new AccountErased(grace.Caller.User!.Value));
        await new UnfinishedErasures(ground.Get<EraseAccountHandler>()).StartAsync(Cancel);
        Assert.Null(await ground.Get<IAccounts>().FindAsync(grace.Caller.User.Value, Cancel));
        Assert.NotNull(await ground.Get<IAccounts>().FindAsync(other.Caller.User!.Value, Cancel));
        var ended = (await ground.Get<Ledger>().LoadAsync<Portal.Domain.Runs.Run>(run.Value, Cancel)).State;
        Assert.Equal(Portal.Domain.Runs.Phase.Cancelled, ended.Phase);
    }

    [Fact]
    public async Task Every_door_shows_an_id_and_no_name()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        var (person, name) = (grace.Caller.User!.Value, $"Grace {Guid.NewGuid():n}");
        await AskAsync("update accounts.users set display_name = $2 where id = $1", person.Value, name);
        var run = await Erasures.RunAsync(grace.Caller, over: true);
        using var visit = await CookieVisit.SignUpAsync(ground.Portal.Address, Cancel, MemberGround.Address());
        var auditor = await AuditorAsync(visit);
        var pages = (string[])[$"runs/{run}", $"projects/{person}", "reports?project=all&by=person", "projects"];
        var before = await Task.WhenAll(pages.Select(page => visit.Http.GetStringAsync(new Uri(page, UriKind.Relative), Cancel)));
        Assert.All(before[..3], page => Assert.Contains(name, page, StringComparison.Ordinal));
        PortalGround.Ok(await Erasures.EraseAsync(administrator, grace));
        foreach (var page in pages)
        {
            var text = await visit.Http.GetStringAsync(new Uri(page, UriKind.Relative), Cancel);
            Assert.DoesNotContain(name, text, StringComparison.Ordinal);
            if (page != "projects") Assert.Contains($"erased {person.ToString()[^12..]}", text, StringComparison.Ordinal);
        }
        var shown = (await ground.DataAsync(auditor, "query($id: ID!) { run(id: $id) { submittedBy { id name erased } } }",
            new { id = SchemaGround.IdOf(run) })).GetProperty("run").GetProperty("submittedBy");
        Assert.Equal((JsonValueKind.Null, true), (shown.GetProperty("name").ValueKind, shown.GetProperty("erased").GetBoolean()));
        using var rest = new HttpClient { BaseAddress = new Uri(ground.Portal.Address, "api/v1/") };
        rest.DefaultRequestHeaders.Authorization = new("Bearer", (await ground.AccessTokenAsync(auditor)).Text);
        var members = await rest.GetStringAsync(new Uri($"projects/{person}/members", UriKind.Relative), Cancel);
        Assert.Contains(person.ToString(), members, StringComparison.Ordinal);
        Assert.DoesNotContain(name, members, StringComparison.Ordinal);
        var csv = await rest.GetStringAsync(new Uri($"reports/usage.csv?project={person}&by=Person", UriKind.Relative), Cancel);
        Assert.Contains($"{person},erased,", csv, StringComparison.Ordinal);
    }

    private async Task<Caller> AuditorAsync(CookieVisit visit)
    {
        using var asked = await visit.Http.PostAsync(new Uri("graphql", UriKind.Relative), new StringContent(
            """{"query":"{ viewer { id } }"}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        var id = JsonElement.Parse(await asked.Content.ReadAsStringAsync(Cancel)).GetProperty("data").GetProperty("viewer")
            .GetProperty("id").GetString()!;
        Assert.True(Portal.GraphQL.CodeFirst.GlobalId.TryParse(id, out var known));
        var caller = new Caller(Id<User>.Parse(known.Id), null, "page", false, Guid.CreateVersion7(), "127.0.0.1");
        await People.HappenAsync(caller, new AuditorNamed(caller.User!.Value));
        return caller;
    }

    // The tables, in any schema, that have a row in whose text one of the words is.
    private async Task<IReadOnlyList<string>> TablesWithAsync(params string[] words)
    {
        var (found, tables) = (new List<string>(), new List<string>());
        await using (var command = ground.Get<NpgsqlDataSource>().CreateCommand("select format('%I.%I', table_schema, table_name) "
            + "from information_schema.tables where table_type = 'BASE TABLE' and table_schema !~ '^(pg_|information_schema)'"))
        await using (var rows = await command.ExecuteReaderAsync(Cancel))
            while (await rows.ReadAsync(Cancel)) tables.Add(rows.GetString(0));
        foreach (var table in tables)
            if (await AskAsync($"select exists (select from {table} t where t::text ilike any($1))",
                (object)words.Select(word => $"%{word}%").ToArray()) is true) found.Add(table);
        return found;
    }

    private async Task<object?> AskAsync(string sql, params object[] values)
    {
        await using var command = ground.Get<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(Cancel);
    }
}
