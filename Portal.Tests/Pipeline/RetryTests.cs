using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>Runs that failed or were cancelled, taken up again on a real machine.</summary>
public sealed class RetryTests(PostgresFixture postgres, SiteFixture fixture) : PipelineTest(postgres, fixture)
{
    private DemoSite Site => Ground.Site;

    [Fact]
    public async Task A_step_that_failed_runs_again_and_what_went_well_before_it_does_not()
    {
        var flag = await Site.FolderAsync("retry") + "/flag";
        var run = await Ground.SubmitAsync(Workflows.TwoSteps(Site.Facts.GitUrl, "echo once >> count.txt", flag));
        Assert.Equal(FailureName.ExitCode, (await Ground.FailedAsync(run)).Name);
        var ended = (await Ground.FactsAsync(run)).Count;
        await Site.RunAsync($"echo there > {flag}");
        await Ground.RetryAsync(run);
        var since = await SucceededAsync(run, ended);
        var retried = Assert.IsType<RunRetried>(since[0]);
        Assert.Equal((Phase.Queued, "b"), (retried.From, Assert.Single(retried.Steps)));
        Assert.IsType<LeaseGranted>(since[1]);
        var check = Assert.Single(since.OfType<KeptChecked>());
        Assert.Equal((0, false, 0), (check.GoneTransfers.Count, check.GoneCode, check.GoneSteps.Count));
        Assert.DoesNotContain(since, fact => fact is TransferStarted or CodeFetched or CodeStaged);
        var all = await Ground.FactsAsync(run);
        Assert.Equal([("a", 1), ("b", 1), ("b", 2)], all.OfType<StepSubmitting>().Select(step => (step.Step, step.Attempt)));
        Assert.Equal(2, all.OfType<StepSubmitting>().Where(step => step.Step == "b").Select(step => step.Key).Distinct().Count());
        Assert.Equal([1, 2], all.OfType<StepEnded>().Where(step => step.Step == "b").Select(step => step.Attempt));
        Assert.Equal(3, (await Ground.JobsAsync(run)).Count);
        Assert.Equal("once\n", await ReadAsync(run, "count.txt"));
        Assert.EndsWith("there\n", await ReadAsync(run, "result.txt"), StringComparison.Ordinal);
        Assert.Equal(0L, await LentKeysAsync());
    }

    [Fact]
    public async Task What_was_tidied_away_meanwhile_is_made_again()
    {
        var flag = await Site.FolderAsync("retry") + "/flag";
        var run = await Ground.SubmitAsync(Workflows.TwoSteps(Site.Facts.GitUrl, "true", flag));
        await Ground.FailedAsync(run);
        var ended = (await Ground.FactsAsync(run)).Count;
        await Site.RunAsync($"rm -rf {await FolderAsync(run)}; echo there > {flag}");
        await Ground.RetryAsync(run);
        var since = await SucceededAsync(run, ended);
        var check = Assert.Single(since.OfType<KeptChecked>());
        Assert.Equal(["input-0"], check.GoneTransfers);
        Assert.True(check.GoneCode);
        Assert.Equal(["a"], check.GoneSteps);
        Assert.Equal([("a", 2), ("b", 2)], since.OfType<StepSubmitting>().Select(step => (step.Step, step.Attempt)));
        Assert.Equal(2, Assert.Single(since.OfType<TransferStarted>()).Attempt);
        Assert.EndsWith("there\n", await ReadAsync(run, "result.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_a_failed_step_changed_is_fetched_again()
    {
        var flag = await Site.FolderAsync("retry") + "/flag";
        var run = await Ground.SubmitAsync(Workflows.TwoSteps(Site.Facts.GitUrl, $"cat {flag} || echo x >> input/cases.csv; cat {flag}", flag));
        await Ground.FailedAsync(run);
        var before = await ReadAsync(run, "input/cases.csv");
        Assert.EndsWith("x\n", before, StringComparison.Ordinal);
        var ended = (await Ground.FactsAsync(run)).Count;
        await Site.RunAsync($"echo there > {flag}");
        await Ground.RetryAsync(run);
        var since = await SucceededAsync(run, ended);
        Assert.Equal(["input-0"], Assert.Single(since.OfType<KeptChecked>()).GoneTransfers);
        Assert.Equal(before[..^2], await ReadAsync(run, "input/cases.csv"));
    }

    [Fact]
    public async Task An_input_that_was_missing_is_fetched_once_it_is_there()
    {
        var name = $"tests/{Guid.NewGuid():n}.csv";
        var output = $"tests/{Guid.NewGuid():n}";
        var run = await Ground.SubmitAsync(Workflows.Whole(Site.Facts.GitUrl, output, $"endpoint://demo-data/{name}"));
        Assert.Equal(FailureName.InputMissing, (await Ground.FailedAsync(run)).Name);
        var ended = (await Ground.FactsAsync(run)).Count;
        await Site.RunAsync($"mkdir -p {Site.Facts.FtpFolder}/tests && echo 1,2,3 > {Site.Facts.FtpFolder}/{name}");
        await Ground.RetryAsync(run);
        var since = await SucceededAsync(run, ended);
        Assert.Equal(Phase.FetchingInputs, Assert.IsType<RunRetried>(since[0]).From);
        Assert.Equal("1,2,3\n", await File.ReadAllTextAsync($"{Site.Facts.FtpFolder}/{output}/result.csv"));
        Assert.Single(await Ground.JobsAsync(run));
    }

    [Fact]
    public async Task A_cancelled_run_goes_on_and_may_be_cancelled_again()
    {
        var run = await RunningAsync();
        await Ground.CancelAsync(run);
        Assert.Contains(await Ground.EndAsync(run), fact => fact is RunCancelled);
        await Ground.RetryAsync(run);
        await Ground.UntilAsync(run, fact => fact is JobObserved { State: "running" }, times: 2);
        await Ground.CancelAsync(run);
        await Ground.UntilAsync(run, PortalGround.IsEnd, times: 2);
        Assert.Equal(Phase.Cancelled, (await Ground.ShowAsync(run)).Phase);
        Assert.Equal(2, (await Ground.JobsAsync(run)).Count);
        Assert.Empty(await Ground.LivingAsync(run));
        Assert.Equal(0L, await LentKeysAsync());
    }

    [Fact]
    public async Task Of_two_at_once_one_is_done_and_a_wrong_token_changes_nothing()
    {
        var run = await Ground.SubmitAsync(Workflows.Step("exit 3"));
        await Ground.FailedAsync(run);
        var before = (await Ground.FactsAsync(run)).Count;
        var handler = Ground.Get<RetryRunHandler>();
        var wrong = await handler.HandleAsync(Ground.Caller, new(run, "nothing"), default);
        Assert.StartsWith("TOKEN_", Assert.Single(wrong.Problems!).Code, StringComparison.Ordinal);
        Assert.Equal(before, (await Ground.FactsAsync(run)).Count);
        Assert.Equal(0L, await LentKeysAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => handler.HandleAsync(Ground.Caller, new(run, Ground.Token), default)));
        Assert.Equal("RUN_GOES_ON", Assert.Single(Assert.Single(answers, answer => !answer.Ok).Problems!).Code);
        await Ground.UntilAsync(run, PortalGround.IsEnd, times: 2);
        var facts = await Ground.FactsAsync(run);
        Assert.Single(facts.OfType<RunRetried>());
        Assert.Equal([1, 2], facts.OfType<StepEnded>().Select(step => step.Attempt));
        Assert.Equal(0L, await LentKeysAsync());
    }

    // What happened since the retry; it succeeds once.
    private async Task<IReadOnlyList<object>> SucceededAsync(Id<Run> run, int ended)
    {
        await Ground.UntilAsync(run, PortalGround.IsEnd, times: 2);
        var since = (await Ground.FactsAsync(run)).Skip(ended).ToList();
        Assert.True(since.Exists(fact => fact is RunSucceeded), string.Join('\n', since));
        Assert.Single(since, PortalGround.IsEnd);
        Assert.Contains(since, fact => fact is LeaseEnded { Reason: "done" });
        return since;
    }

    private async Task<string> FolderAsync(Id<Run> run) => (await Ground.ShowAsync(run)).Request.Folder;

    private async Task<string> ReadAsync(Id<Run> run, string file) => (await Site.RunAsync($"cat {await FolderAsync(run)}/{file}")).Text;

    private async Task<long> LentKeysAsync()
    {
        await using var database = NpgsqlDataSource.Create(Ground.Database);
        await using var count = database.CreateCommand("select count(*) from portal_secrets.lease_keys");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
