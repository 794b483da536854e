using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Jobs.Logs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A run whose events hold something of everything: input, code, a node that broke, output, an act put off.</summary>
internal static class RecordedRun
{
    public const string Description = """
        portal: 1
        name: tides
        title: Tides
        description: High and low.
        parameters:
          grid: { type: integer, default: 64, minimum: 8, maximum: 400 }
        inputs:
          - { from: "endpoint://tides/depth.csv", to: depth.csv }
        code: { url: "https://git.example.org/tides.git", to: code }
        steps:
          - { id: solve, title: Solve, command: "true", resources: { time: 5m, memory: 100 MB } }
        outputs:
          - { from: out.csv, to: "endpoint://tides/out.csv" }
        """;

    /// <summary>What the runs come down to that somebody has to look at.</summary>
    public static readonly string Hash = new('b', 64);

    /// <summary>Records that somebody is asked about runs, as their worker would, and waits until lists show it.</summary>
    public static async Task AskAsync(SchemaGround ground, params string[] globalIds)
    {
        var runs = globalIds.Select(SchemaGround.RunOf).ToList();
        var written = PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(ground.Ada, [.. runs.Select(run => new Write(
            Ledger.StreamOf<Run>(run.Value), IEventStore.AnyVersion,
            [
                new PhaseEntered(run, Phase.AwaitingApproval),
                new ApprovalAsked(run, Hash, Hash, null, [ApprovalReason.NewCode], 1.5),
            ]))], default));
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(written.Position, default);
    }

    /// <summary>Records what became of a run that was submitted, as its worker would, and waits until lists show it.</summary>
    public static async Task GoOnAsync(SchemaGround ground, string globalId)
    {
        Assert.True(GlobalId.TryParse(globalId, out var parsed));
        var run = Id<Run>.Parse(parsed.Id);
        var (counts, hash) = (new TaskCounts(0, 1, 0, 0, 0), new string('a', 64));
        object[] facts =
        [
            new PhaseEntered(run, Phase.FetchingInputs),
            new TransferStarted(run, "input-0", "endpoint://tides/depth.csv", "depth.csv", 1),
            new TransferProgressed(run, "input-0", 5, 10),
            new TransferCompleted(run, "input-0", 10, hash, false),
            new CodeResolved(run, "https://git.example.org/tides.git", null, "c0ffee"),
            new CodeFetched(run, "c0ffee", null, "7ree", 3, 300),
            new CodeStaged(run, "c0ffee", "7ree"),
            new StepSubmitting(run, "solve", 1, "key-1"),
            new JobSubmitted(run, "solve", "key-1", "41", null),
            new StepEnded(run, "solve", 1, "failed", null, counts, null, null,
                new(FailureName.NodeFailure, "A node broke down."), null),
            new StepSubmitting(run, "solve", 2, "key-2"),
            new StepNotSubmitted(run, "solve", "key-2"),
            new StepSubmitting(run, "solve", 2, "key-2"),
            new JobSubmitted(run, "solve", "key-2", "42", null),
            new JobObserved(run, "solve", "running", "RUNNING", null, counts, DateTimeOffset.UnixEpoch),
            new StepEnded(run, "solve", 2, "succeeded", 0, counts, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, null),
            new OutputsFound(run, [new("out.csv", 20)]),
            new PhaseEntered(run, Phase.Uploading),
            new TransferStarted(run, "output-0", "out.csv", "endpoint://tides/out.csv", 1),
            new TransferCompleted(run, "output-0", 20, hash, false),
            new AttemptPostponed(run, "output-0", 1, new(FailureName.Unreachable, "Nobody answers."), DateTimeOffset.UnixEpoch),
        ];
        var written = PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(ground.Ada,
            [new(Ledger.StreamOf<Run>(run.Value), IEventStore.AnyVersion, facts)], default));
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(written.Position, default);
        await ground.Get<LogStore>().AddAsync(new(run, "solve", 2, null, "stdout"), 0, "high"u8.ToArray(), true, default);
    }

    /// <summary>Records that the step of a run of one step broke, and the run with it; its lease ends with it, as its worker
    /// would have it.</summary>
    public static async Task BreakAsync(SchemaGround ground, Id<Run> run)
    {
        var lease = PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, default)).State.Lease!;
        var broke = new Failure(FailureName.ExitCode, "It broke.");
        await ground.HappenAsync<Run>(run.Value, new StepSubmitting(run, "a", 1, "key-1"),
            new StepEnded(run, "a", 1, "failed", 3, new(0, 0, 0, 1, 0), null, null, broke, null), new RunFailed(run, broke),
            new LeaseEnded(run, lease.Id, "done"));
    }

    /// <summary>Records that a run failed, as its worker would, and waits until reports show it.</summary>
    public static async Task FailAsync(SchemaGround ground, string globalId)
    {
        var run = SchemaGround.RunOf(globalId);
        await ground.HappenAsync<Run>(run.Value, new RunFailed(run, new(FailureName.QuotaExceeded, "No room is left.")));
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(
            await ground.Get<IEventStore>().HighestPositionAsync(default), default);
    }
}
