using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>The main job on real parts, and refusals that start nothing.</summary>
public sealed class JourneyTests(PostgresFixture postgres, SiteFixture fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task Heat_sweep_ends_with_its_results_on_the_data_server()
    {
        var site = Ground.Site.Facts;
        var run = await Ground.SubmitAsync(await File.ReadAllTextAsync(site.WorkflowFile), ("grid", "16"), ("duration", "1"), ("cases", "1-2"));
        await Ground.UntilAsync(run, fact => fact is JobSubmitted { Step: "sweep" });
        var facts = await Ground.SucceededAsync(run);
        var code = Assert.Single(facts.OfType<CodeResolved>());
        Assert.Equal((await Ground.Site.RunAsync($"git -C {site.RegistryFolder} rev-parse main")).Text.Trim(), code.Commit);
        foreach (var (transfer, file) in new[] { ("output-0", "summary.csv"), ("output-1", "plot.svg") })
        {
            var bytes = await File.ReadAllBytesAsync($"{site.FtpFolder}/heat-sweep/results/{run}/{file}");
            var done = Assert.Single(facts.OfType<TransferCompleted>(), done => done.Transfer == transfer);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), done.Sha256);
        }
        // The registry holds another folder, far larger: nothing of it came along.
        var travelled = (await Ground.Site.RunAsync($"cd {site.Workdir}/runs/{run}/code && find . -type f ! -name .portal-code | sort")).Text;
        Assert.Equal((await Ground.Site.RunAsync($"git -C {site.RegistryFolder} ls-tree -r --name-only main:heat-sweep/code | sed 's,^,./,' | sort")).Text, travelled);
        Assert.Equal(2, (await Ground.JobsAsync(run)).Count);

        // What its key was used for is told, each once.
        var uses = facts.OfType<CredentialUsed>().Select(used => (used.Use, used.Step)).ToList();
        Assert.Equal(uses.Count, uses.Distinct().Count());
        (KeyUse, string?)[] told = [(KeyUse.Stage, null), (KeyUse.Submit, "sweep"), (KeyUse.Watch, "sweep"), (KeyUse.Collect, null),
            (KeyUse.Upload, null)];
        Assert.Subset(uses.ToHashSet(), told.ToHashSet());

        // Its logs are there though its key is gone.
        Assert.Contains(facts, fact => fact is LeaseEnded { Reason: "done" });
        foreach (var stream in new[] { "stdout", "stderr" })
            Assert.True((await LogAsync(run, "sweep", 2, stream)).Complete);
    }

    [Fact]
    public async Task What_a_user_can_give_reaches_the_job_unchanged_and_executes_nothing()
    {
        var bait = $"{Ground.Site.Facts.Home}/bait";
        var value = $"it's \"$(touch {bait})\" `touch {bait}` ; touch {bait} | & > < * ? ~ \\ %s %j é\nsecond line\n\ttab #!";
        var run = await Ground.SubmitAsync($$$"""
            portal: 1
            name: quoting
            title: Quoting
            parameters:
              said: { type: text, title: Said, default: "" }
            environment:
              OTHER: ${{ parameters.said }}
            steps:
              - id: a
                script: |
                  mkdir -p "out'; touch bait;'"
                  printf '%s' "$OTHER" > "out'; touch bait;'/$(printf 'a b')"
                  printf '%s' "$PARAM_SAID"
                resources: { time: 5m }
            outputs:
              - from: "out'; touch bait;'/a b"
                to: "endpoint://demo-data/tests/{{{Guid.NewGuid():n}}}/it's $(touch bait) & more.txt"
            """, ("said", value));
        await Ground.SucceededAsync(run);
        Assert.Equal(value, Encoding.UTF8.GetString((await LogAsync(run, "a", null, "stdout")).Bytes.Span));
        Assert.Equal("", (await Ground.Site.RunAsync($"find {Ground.Site.Facts.Home} {Ground.Site.Facts.FtpFolder} -name bait")).Text);
    }

    [Fact]
    public async Task A_refusal_names_what_is_wrong_and_starts_nothing()
    {
        foreach (var (token, code) in new[] { (Ground.Token[..^4], "TOKEN_"), (Ground.Token[..^2] + "aa", "TOKEN_"), ("", "TOKEN_") })
        {
            var run = new Id<Run>(Guid.CreateVersion7());
            var refused = await Ground.TrySubmitAsync(Workflows.Step("true"), run, token);
            Assert.False(refused.Ok);
            Assert.All(refused.Problems, problem => Assert.StartsWith(code, problem.Code, StringComparison.Ordinal));
            Assert.Equal("NOT_FOUND", Assert.Single((await Ground.Get<ShowRunHandler>().HandleAsync(Ground.Caller, run, null, default)).Problems!).Code);
        }
        Assert.False((await Ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7()), name: new string('n', 300))).Ok);
        Assert.False((await Ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7()), name: "two\nlines")).Ok);
        var unknown = await Ground.TrySubmitAsync(
            Workflows.Whole(Ground.Site.Facts.GitUrl, "tests/x", "endpoint://nowhere/file"), new(Guid.CreateVersion7()));
        Assert.Equal("UNKNOWN_ENDPOINT", Assert.Single(unknown.Problems!).Code);
    }

    [Fact]
    public async Task What_does_not_exist_fails_by_name_and_starts_nothing()
    {
        var output = $"tests/{Guid.NewGuid():n}";
        var input = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, output, "endpoint://demo-data/no/such/file"));
        var reference = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, output).Replace("ref: main", "ref: no-such-branch", StringComparison.Ordinal));
        Assert.Equal(FailureName.InputMissing, (await Ground.FailedAsync(input)).Name);
        Assert.Equal(FailureName.CodeMissing, (await Ground.FailedAsync(reference)).Name);
        Assert.Empty(await Ground.JobsAsync(input));
        Assert.Empty(await Ground.JobsAsync(reference));

        var missing = await Ground.SubmitAsync(Workflows.Step("true") + $"\noutputs:\n  - from: never.csv\n    to: endpoint://demo-data/{output}/never.csv\n");
        var failure = await Ground.FailedAsync(missing);
        Assert.Equal(FailureName.OutputMissing, failure.Name);
        Assert.Contains("never.csv", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_read_while_it_grows_and_after_the_end()
    {
        var folder = await Ground.Site.FolderAsync("log");
        await Ground.Site.RunAsync($"mkfifo {folder}/go");
        var run = await Ground.SubmitAsync(Workflows.Step($"echo first\ncat {folder}/go\necho last; echo oops >&2"));
        using var limit = new CancellationTokenSource(PortalGround.Patience);
        LogPiece live;
        do
            live = await LogAsync(run, "a", null, "stdout", limit.Token);
        while (live.Bytes.Length == 0);
        Assert.Equal("first\n", Encoding.UTF8.GetString(live.Bytes.Span));
        Assert.False(live.Complete);
        await Ground.Site.RunAsync($"echo > {folder}/go");
        await Ground.SucceededAsync(run);
        Assert.Equal("first\n\nlast\n", Encoding.UTF8.GetString((await LogAsync(run, "a", null, "stdout")).Bytes.Span));
        Assert.Equal("oops\n", Encoding.UTF8.GetString((await LogAsync(run, "a", null, "stderr")).Bytes.Span));
    }

    private async Task<LogPiece> LogAsync(Id<Run> run, string step, int? task, string stream, CancellationToken cancel = default) => PortalGround.Ok(
        await Ground.Get<ReadLogHandler>().HandleAsync(Ground.Caller, new(run, step, 1, task, stream), 0, 100_000, cancel));
}
