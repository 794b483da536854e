using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

/// <summary>The record by REST: pages, files with their ends, and a reader who goes away.</summary>
public sealed class EventsTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_paged_shown_and_refused()
    {
        var (portal, program, project) = await ProgramAsync();
        using var _ = program;
        await EndpointsAsync(portal, project, ["one", "two", "three"]);
        var first = await program.GetAsync("events?type=endpoint_registered&limit=2", Cancel);
        Assert.Equal(["three", "two"], Names(first));
        var rest = await program.GetAsync($"events?type=endpoint_registered&limit=2&cursor={first.GetProperty("next").GetString()}", Cancel);
        Assert.Equal(["one"], Names(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.Equal(["one", "two", "three"], Names(await program.GetAsync("events?type=endpoint_registered&order=oldest", Cancel)));
        Assert.Equal(["two"], Names(await program.GetAsync($"events?text=two&project={project}", Cancel)));
        Assert.Empty(Names(await program.GetAsync($"events?run={Guid.NewGuid():n}", Cancel)));
        var position = first.GetProperty("items")[0].GetProperty("position").GetInt64();
        Assert.Equal("endpoint_registered", (await program.GetAsync($"events/{position}", Cancel)).GetProperty("type").GetString());
        Assert.Equal("UNKNOWN_EVENT_TYPE", (await program.GetAsync("events?type=nothing", Cancel, 422)).GetProperty("code").GetString());
        Assert.Equal("EMPTY_PERIOD", (await program.GetAsync(
            "events.jsonl?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", Cancel, 422)).GetProperty("code").GetString());
        Assert.Equal("POSITION_AHEAD",
            (await program.GetAsync("events?cursor=9223372036854775807", Cancel, 422)).GetProperty("code").GetString());
        await program.GetAsync("events?limit=0", Cancel, 422);
        await program.GetAsync("events?order=sideways", Cancel, 422);
        using var other = await RestClient.SignUpAsync(portal, Cancel);
        await other.GetAsync($"events/{position}", Cancel, 404);
        await other.GetAsync($"events.csv?project={project}", Cancel, 404);
    }

    [Fact]
    public async Task JSON_lines_hold_what_the_hash_covers_and_say_how_many_they_are()
    {
        var (portal, program, project) = await ProgramAsync();
        using var _ = program;
        await EndpointsAsync(portal, project, ["one", "\u00fc\u2028 \"two\""]);
        var lines = await LinesAsync(program);
        var first = JsonElement.Parse(lines[0]);
        var stream = first.GetProperty("stream").GetString()!;
        var stored = await portal.Services.GetRequiredService<IEventStore>().ReadStreamAsync(stream, cancel: Cancel).SingleAsync(Cancel);

        Assert.Equal(3, lines.Length);
        Assert.Equal(stored.Text, first.GetProperty("body").GetRawText());
        Assert.Equal(EventTypes.Write(stored.Metadata), first.GetProperty("metadata").GetRawText());
        Assert.Equal(Convert.ToHexStringLower(stored.Hash.Span), first.GetProperty("hash").GetString());
        Assert.Equal((stored.Id, stored.TypeVersion), (first.GetProperty("id").GetGuid(), first.GetProperty("typeVersion").GetInt32()));
        Assert.Equal(stored.Time, first.GetProperty("time").GetDateTimeOffset());
        var end = JsonElement.Parse(lines[2]).GetProperty("end");
        Assert.Equal(2, end.GetProperty("events").GetInt64());
        Assert.True(end.GetProperty("upTo").GetInt64() >= JsonElement.Parse(lines[1]).GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task CSV_is_no_formula_and_says_how_many_lines_it_has()
    {
        var (portal, program, project) = await ProgramAsync();
        using var _ = program;
        await EndpointsAsync(portal, project, ["a,b \"c\""]);
        using var answer = await program.Http.GetAsync("events.csv?type=endpoint_registered", Cancel);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("attachment; filename=\"events-", $"{answer.Content.Headers.ContentDisposition}", StringComparison.Ordinal);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd().Split("\r\n");

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("position,time,type,", lines[0], StringComparison.Ordinal);
        // Who acts is a program's choice of name: this one would be a formula.
        Assert.Contains(",'=cmd|x,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"\"name\"\":\"\"a,b \\\"\"c\\\"\"\"\"", lines[1], StringComparison.Ordinal);
        Assert.Matches("^end,{12}\"\\{\"\"events\"\":1,\"\"upTo\"\":[0-9]+\\}\",$", lines[2]);
    }

    [Theory, InlineData("events.jsonl"), InlineData("events.csv"), InlineData("events.jsonl?proof=true")]
    public async Task A_reader_who_goes_away_leaves_nothing_behind_but_how_far_they_came(string file)
    {
        var (portal, program, project) = await ProgramAsync();
        using var _ = program;
        await EndpointsAsync(portal, project, [.. Enumerable.Range(0, 600).Select(number => $"{number} {new string('x', 30_000)}")]);
        var begun = await portal.Services.GetRequiredService<IEventStore>().HighestPositionAsync(Cancel);
        using (var answer = await program.Http.GetAsync(file, HttpCompletionOption.ResponseHeadersRead, Cancel))
        await using (var body = await answer.Content.ReadAsStreamAsync(Cancel))
            await body.ReadExactlyAsync(new byte[1000], Cancel);

        // How far it came stands in the record: something, and not all.
        var noted = await NotedAsync(portal, project, begun);
        Assert.Equal((false, file.Contains("proof"), null), (noted.Complete, noted.Proof, noted.Digest));
        Assert.Equal(file.Split('.', '?')[1], noted.Format);
        Assert.InRange(noted.Events, 1, 599);
        Assert.True(noted.Last > 0);

        // Nobody holds a cursor or a transaction: what the search's connections did last is over.
        await using var source = NpgsqlDataSource.Create(portal.Database);
        await using var busy = source.CreateCommand("""
            select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and query like '%event_index%' and query like '%portal_events.events%' and state <> 'idle'
            """);
        while ((long)(await busy.ExecuteScalarAsync(Cancel))! > 0) await Task.Yield();
        Assert.Equal(601, (await LinesAsync(program)).Length);
        Assert.Equal((true, 600), await NotedAsync(portal, project, begun, complete: true) is var whole ? (whole.Complete, whole.Events) : default);
    }

    private static async Task<EventsExported> NotedAsync(TestPortal portal, Id<Project> project, long after, bool complete = false)
    {
        await foreach (var batch in portal.Services.GetRequiredService<IEventTail>().FollowAsync(after, Cancel))
            foreach (var noted in batch.Select(recorded => recorded.Body).OfType<EventsExported>())
                if (noted.ProjectId == project && noted.Complete == complete) return noted;
        throw new InvalidOperationException("The tail ended.");
    }

    private async Task<(TestPortal Portal, RestClient Program, Id<Project> Project)> ProgramAsync()
    {
        var portal = await portals.PortalAsync(Cancel);
        var program = await RestClient.SignUpAsync(portal, Cancel);
        var project = (await program.GetAsync("projects", Cancel)).GetProperty("items")[0].GetProperty("id").GetString()!;
        return (portal, program, Id<Project>.Parse(project));
    }

    private static async Task<string[]> LinesAsync(RestClient program) =>
        (await program.Http.GetStringAsync(new Uri("events.jsonl?type=endpoint_registered", UriKind.Relative), Cancel)).TrimEnd('\n').Split('\n');

    private static async Task EndpointsAsync(TestPortal portal, Id<Project> project, IEnumerable<string> names)
    {
        foreach (var some in names.Chunk(500))
            await portal.Services.GetRequiredService<IEventStore>().AppendAsync([.. some.Select(name =>
            {
                var id = new Id<Endpoint>(Guid.CreateVersion7());
                return new StreamAppend(Ledger.StreamOf<Endpoint>(id.Value), 0,
                    [new(Guid.CreateVersion7(), new EndpointRegistered(id, project, name, "ftp://127.0.0.1/a", null))],
                    new("=cmd|x", "system", "worker", Guid.CreateVersion7()));
            })], Cancel);
        var store = portal.Services.GetRequiredService<IEventStore>();
        var documents = portal.Services.GetRequiredService<IDocuments>();
        await documents.CaughtUpAsync<EventSearchIndex>(await store.HighestPositionAsync(Cancel), Cancel);
    }

    private static List<string?> Names(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("body").GetProperty("name").GetString())];
}
