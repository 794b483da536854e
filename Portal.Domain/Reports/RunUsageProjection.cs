using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Reports;

/// <summary>Keeps <see cref="RunUsage"/> behind the tail.</summary>
public sealed class RunUsageProjection : Projection<RunUsage>
{
    /// <inheritdoc/>
    public override DocumentTable<RunUsage> Table { get; } = new(
        "run_usage", run => run.Run.ToString(),
        [
            new("project", "text", run => run.Project.ToString()),
            new("machine", "text", run => run.Machine.ToString()),
            new("person", "text", run => run.Person.ToString()),
            new("month", "text", run => run.Month),
            new("outcome", "text", run => run.Outcome?.ToString()),
            new("failure", "text", run => run.Failure?.ToString()),
            new("core_seconds", "double precision", run => run.CoreSeconds),
            new("bytes", "bigint", run => run.Bytes),
            new("queue_seconds", "double precision", run => run.QueueSeconds),
            new("run_seconds", "double precision", run => run.RunSeconds),
        ],
        ["project, month", "month"]);

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(RunSubmitted), typeof(JobSubmitted), typeof(StepEnded), typeof(TransferCompleted),
         typeof(RunSucceeded), typeof(RunFailed), typeof(RunCancelled), typeof(RunRetried)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<RunUsage> documents, CancellationToken cancel)
    {
        if (recorded.Body is RunSubmitted submitted)
        {
            documents.Put(new(submitted.RunId, submitted.ProjectId, submitted.MachineId, submitted.SubmittedBy, recorded.Time)
            {
                Cores = submitted.Plan.Steps.ToDictionary(step => step.Id, step => Demand.CoresOf(step.Resources)),
            });
        }
        else if (Ledger.TryIdOf<Run>(recorded.Stream, out var id)
            && await documents.FindAsync(id.ToString("n"), cancel) is { } run)
        {
            documents.Put(Change(run, recorded.Body, recorded.Time));
        }
    }

    private static RunUsage Change(RunUsage run, object body, DateTimeOffset at) => body switch
    {
        JobSubmitted job => run with { Waiting = new Dictionary<string, DateTimeOffset>(run.Waiting) { [job.Step] = at } },
        StepEnded ended => Ended(run, ended),
        TransferCompleted { Reused: false } completed => run with { Bytes = run.Bytes + completed.Bytes },
        RunSucceeded => run with { Outcome = Phase.Succeeded },
        RunFailed failed => run with { Outcome = Phase.Failed, Failure = failed.Failure.Name },
        RunCancelled => run with { Outcome = Phase.Cancelled },
        RunRetried => run with { Outcome = null, Failure = null },
        _ => run,
    };

    // Clocks of machines differ from the portal's: what would be less than nothing is nothing.
    private static RunUsage Ended(RunUsage run, StepEnded ended)
    {
        double? ran = ended is { StartedAt: { } from, EndedAt: { } to } ? Math.Max(0, (to - from).TotalSeconds) : null;
        double? waited = ended.StartedAt is { } began && run.Waiting.TryGetValue(ended.Step, out var since)
            ? Math.Max(0, (began - since).TotalSeconds) : null;
        return run with
        {
            Waiting = run.Waiting.Where(one => one.Key != ended.Step).ToDictionary(),
            CoreSeconds = run.CoreSeconds + (ended.CoreSeconds ?? (ran ?? 0) * run.Cores.GetValueOrDefault(ended.Step)),
            QueueSeconds = waited is null ? run.QueueSeconds : (run.QueueSeconds ?? 0) + waited,
            RunSeconds = ran is null ? run.RunSeconds : (run.RunSeconds ?? 0) + ran,
        };
    }
}
