using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>Counts what projects use, behind the tail: no submission waits for it where nothing is limited
/// (docs/adr/0016).</summary>
public sealed class UsageProjection : Projection<Usage>
{
    /// <inheritdoc/>
    public override DocumentTable<Usage> Table { get; } = new("usage", row => row.Id, [], []);

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(ProjectQuotaChanged), typeof(RunAdmitted), typeof(RunSubmitted), typeof(RunRetried), typeof(StepSubmitting),
            typeof(KeptChecked),
         typeof(StepEnded), typeof(TransferCompleted), typeof(RunSucceeded), typeof(RunFailed), typeof(RunCancelled)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<Usage> documents, CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case ProjectQuotaChanged changed:
                await ChangeAsync(documents, new(Usage.IdOf(changed.ProjectId), changed.ProjectId),
                    row => row with { Admissions = recorded.Version }, cancel);
                break;
            case RunAdmitted admitted:
                await ChangeAsync(documents, new(Usage.IdOf(admitted.ProjectId), admitted.ProjectId),
                    row => row with { Admissions = recorded.Version }, cancel);
                break;
            case RunSubmitted submitted:
                await MoveAsync(documents, null, new(Usage.IdOf(submitted.RunId), submitted.ProjectId)
                {
                    Steps = [.. submitted.Plan.Steps.Select(step => new StepUsage(
                        step.Id, Demand.CoresOf(step.Resources), Demand.SecondsOf(step.Resources), Ended: false))],
                }, cancel);
                break;
            // A first attempt changes nothing: the step is counted since it was asked for.
            case StepSubmitting { Attempt: 1 }:
                break;
            default:
                if (Ledger.TryIdOf<Run>(recorded.Stream, out var id)
                    && await documents.FindAsync(Usage.IdOf(new Id<Run>(id)), cancel) is { } run)
                    await RunAsync(documents, run, recorded, cancel);
                break;
        }
    }

    private static async ValueTask RunAsync(IDocumentWriter<Usage> documents, Usage run, Recorded recorded,
        CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case StepEnded ended:
                await MonthAsync(documents, run, recorded.Time, ended.CoreSeconds ?? Elapsed(run, ended), 0, cancel);
                await MoveAsync(documents, run, With(run, [ended.Step], ended: true), cancel);
                break;
            case TransferCompleted { Reused: false } completed:
                await MonthAsync(documents, run, recorded.Time, 0, completed.Bytes, cancel);
                break;
            case StepSubmitting again:
                await MoveAsync(documents, run, With(run, [again.Step], ended: false), cancel);
                break;
            case KeptChecked check:
                await MoveAsync(documents, run, With(run, check.GoneSteps, ended: false), cancel);
                break;
            case RunRetried retried:
                await MoveAsync(documents, run, With(run, retried.Steps, ended: false) with { Over = false }, cancel);
                break;
            case RunSucceeded or RunFailed or RunCancelled:
                await MoveAsync(documents, run, run with { Over = true }, cancel);
                break;
        }
    }

    // Facts from before the portal wrote down what a step used: its first start to its last end, on the cores that it asked for.
    private static double Elapsed(Usage run, StepEnded ended) =>
        ended is { StartedAt: { } from, EndedAt: { } to } && to > from && run.Steps.FirstOrDefault(step =>
            step.Id == ended.Step) is { } step
            ? (to - from).TotalSeconds * step.Cores : 0;

    private static Usage With(Usage run, IReadOnlyList<string> steps, bool ended) =>
        run with { Steps = [.. run.Steps.Select(step => steps.Contains(step.Id) ? step with { Ended = ended } : step)] };

    // The run as it is from now on, and what that makes of its project.
    private static async ValueTask MoveAsync(IDocumentWriter<Usage> documents, Usage? before, Usage run, CancellationToken cancel)
    {
        documents.Put(run);
        await ChangeAsync(documents, new(Usage.IdOf(run.Project), run.Project), row => row with
        {
            Runs = row.Runs + (run.Over ? 0 : 1) - (before is null or { Over: true } ? 0 : 1),
            // Sums of doubles: what is left of nothing is nothing.
            CoreSeconds = Math.Max(0, row.CoreSeconds + run.Asked - (before?.Asked ?? 0)),
        }, cancel);
    }

    private static ValueTask MonthAsync(
        IDocumentWriter<Usage> documents, Usage run, DateTimeOffset at, double coreSeconds, long bytes,
            CancellationToken cancel) =>
        ChangeAsync(documents, new(Usage.IdOf(run.Project, at), run.Project),
            row => row with { CoreSeconds = row.CoreSeconds + coreSeconds, Bytes = row.Bytes + bytes }, cancel);

    private static async ValueTask ChangeAsync(
        IDocumentWriter<Usage> documents, Usage empty, Func<Usage, Usage> change, CancellationToken cancel) =>
        documents.Put(change(await documents.FindAsync(empty.Id, cancel) ?? empty));
}
