using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Domain.Audit;

/// <summary>The comparison that every portal with a history ends with sees what it is for.</summary>
public sealed class ReplayTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_events_give_the_same_rows_and_a_row_that_was_changed_or_is_gone_is_named()
    {
        var (same, database) = (await FilledAsync(), await FilledAsync());
        Assert.Empty(await Replay.DifferencesAsync(same));
        await PostgresFixture.AdministerAsync(database, """
            update portal_documents.runs set body = jsonb_set(body::jsonb, '{phase}', '"Failed"')::json;
            delete from portal_documents.memberships;
            update portal_documents.run_usage set core_seconds = 1
            """);
        var different = string.Join('\n', await Replay.DifferencesAsync(database));
        foreach (var word in (string[])["runs, only before", "memberships, only after", "run_usage, only before",
            $"{Ledger.StreamOf<Run>(Given.Id.Value)}: folded it is", ": folded it is Owner, and shown is "])
            Assert.Contains(word, different, StringComparison.Ordinal);
    }

    private async Task<string> FilledAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var store = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = database, Types = new(typeof(RunSubmitted).Assembly), Projections = PortalStore.Projections,
        }, Cancel);
        var (project, owner) = (Given.Submitted.ProjectId, new Id<User>(Guid.NewGuid()));
        var metadata = new EventMetadata("portal", "system", "worker", Guid.NewGuid());
        var appended = Assert.IsType<AppendResult.Appended>(await store.Store.AppendAsync(
        [
            New(Ledger.StreamOf<Project>(project.Value), [new ProjectCreated(project, "Tides", owner, false)]),
            New(Ledger.StreamOf<Run>(Given.Id.Value), [.. Given.Done, new RunSucceeded(Given.Id)]),
        ], Cancel));
        await store.Documents.CaughtUpAsync<RunView>(appended.Position, Cancel);
        await store.Documents.CaughtUpAsync<RunUsage>(appended.Position, Cancel);
        return database;

        StreamAppend New(string stream, object[] events) =>
            new(stream, 0, [.. events.Select(body => new NewEvent(Guid.CreateVersion7(), body))], metadata);
    }
}
