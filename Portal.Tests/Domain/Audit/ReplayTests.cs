using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Replays;
using Portal.Web.Composition;
using Xunit.Sdk;

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
            update portal_documents.runs set body = jsonb_set(body::jsonb, '{stepsDone}', '7')::json;
            delete from portal_documents.memberships;
            update portal_documents.run_usage set core_seconds = 1
            """);
        var different = string.Join('\n', await Replay.DifferencesAsync(database));
        foreach (var word in (string[])["runs, only before", "memberships, only after", "run_usage, only before",
            $"{Ledger.StreamOf<Run>(Given.Id.Value)}: RunView.StepsDone: folded it is 2, and shown is 7",
            "all: members: folded it is {"])
            Assert.Contains(word, different, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_rows_say_is_held_against_what_is_folded_from_each_stream()
    {
        var database = await FilledAsync();
        (string Table, string Value, string Other, string Named)[] changes =
        [
            ("machines", "hostKeys", "[]", "MachineView.HostKeys"),
            ("machines", "state", "\"Retired\"", "MachineView.State"),
            ("credentials", "ended", "\"revoked\"", "CredentialView.Ended"),
            ("endpoints", "url", "\"ftp://elsewhere.example.org\"", "EndpointView.Url"),
            ("workflows", "version", "3", "WorkflowView.Version"),
            ("access_tokens", "name", "\"another\"", "AccessTokenView.Name"),
            ("account_invitations", "state", "\"Used\"", "AccountInvitationView.State"),
            ("account_standings", "administrator", "false", "AccountStanding.Administrator"),
            ("retention_holds", "liftedAt", "null", "RetentionHoldView.LiftedAt"),
            ("quotas", "limits", "{\"runs\":9}", "QuotaView.Limits"),
            ("memberships", "role", "\"Auditor\"", "members"), ("invitations", "state", "\"Accepted\"", "invitations"),
            ("approval_rules", "rules", "{\"code\":\"Never\",\"newMachine\":false,\"own\":false}", "approval rules"),
            ("runs", "jobId", "\"9\"", "RunView.JobId"), ("run_usage", "bytes", "9", "RunUsage.Bytes"),
            ("usage", "over", "false", "Usage.Over"), ("credential_marks", "step", "\"z\"", "uses of keys"),
        ];
        foreach (var (table, value, other, _) in changes)
            await PostgresFixture.AdministerAsync(database,
                $"update portal_documents.{table} set body = jsonb_set(body::jsonb, '{{{value}}}', '{other}')::json");
        var different = await Replay.DifferencesAsync(database);
        Assert.All(changes, change =>
            Assert.Contains(different, one => one.Contains($": {change.Named}: folded it is ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Once_the_last_portal_on_it_ended_a_store_is_compared_whoever_is_connected()
    {
        var database = await FilledAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        var before = ReplayCount.Stores;
        ReplayCount.Begin(database);
        ReplayCount.Begin(database);
        // What is not as it should be is told by who compares.
        await PostgresFixture.AdministerAsync(database, "delete from portal_documents.memberships");
        await Replay.SameAsync(database);
        var told = await Assert.ThrowsAsync<TrueException>(() => Replay.SameAsync(database));
        Assert.Contains("memberships, only after", told.Message, StringComparison.Ordinal);
        Assert.True(ReplayCount.Stores > before);
    }

    private async Task<string> FilledAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var store = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = database, Types = new(typeof(RunSubmitted).Assembly), Projections = PortalStore.Projections,
        }, Cancel);
        var metadata = new EventMetadata("portal", "system", "worker", Guid.NewGuid());
        var appends = OneOfEach.Streams().Select(stream => new StreamAppend(
            stream.Name, 0, [.. stream.Facts.Select(body => new NewEvent(Guid.CreateVersion7(), body))], metadata));
        var appended = Assert.IsType<AppendResult.Appended>(await store.Store.AppendAsync([.. appends], Cancel));
        await store.Documents.CaughtUpAsync<RunView>(appended.Position, Cancel);
        await store.Documents.CaughtUpAsync<RunUsage>(appended.Position, Cancel);
        await store.Documents.CaughtUpAsync<Portal.Domain.Quotas.Usage>(appended.Position, Cancel);
        await store.Documents.CaughtUpAsync<Portal.Domain.Credentials.CredentialMark>(appended.Position, Cancel);
        return database;
    }
}
