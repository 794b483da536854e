using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Two runs side by side.</summary>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
/// <param name="LeftTraits">What can be said about the one.</param>
/// <param name="RightTraits">What can be said about the other.</param>
public sealed record ComparedRuns(
    Loaded<Run> Left, Loaded<Run> Right, IReadOnlyList<Trait> LeftTraits, IReadOnlyList<Trait> RightTraits)
{
    /// <summary>What differs; with the rest on demand.</summary>
    public IReadOnlyList<Difference> Rows(bool all) => Differences.Of(LeftTraits, RightTraits, all);
}

/// <summary>Holds two runs against each other: of whatever projects, for who may see both.</summary>
public sealed class CompareRunsHandler(RunAtHandler runs, MachineSoftware machines)
{
    /// <summary>Both, or NOT_FOUND for the first that does not exist for the caller.</summary>
    public async Task<Result<ComparedRuns>> HandleAsync(Caller caller, Id<Run> left, Id<Run> right, CancellationToken cancel)
    {
        var one = await runs.HandleAsync(caller, left, null, cancel);
        if (!one.Ok) return Result.Refused<ComparedRuns>(one.Problems);
        var other = await runs.HandleAsync(caller, right, null, cancel);
        if (!other.Ok) return Result.Refused<ComparedRuns>(other.Problems);
        return new ComparedRuns(new(one.Value.State, one.Value.Version), new(other.Value.State, other.Value.Version),
            await TraitsAsync(one.Value, cancel), await TraitsAsync(other.Value, cancel));
    }

    /// <summary>The event by which the last step went to the machine; the submission where none did.</summary>
    internal static Recorded LastSent(IReadOnlyList<Recorded> events) =>
        events.LastOrDefault(recorded => recorded.Body is StepSubmitting) ?? events[0];

    // Of the machine as it was when the last step went there.
    private async Task<IReadOnlyList<Trait>> TraitsAsync(AsItWas<Run> run, CancellationToken cancel)
    {
        var software = await machines.AtAsync(run.State.Request.MachineId, new(Position: LastSent(run.Events).Position), cancel);
        return [.. RunComparison.Of(run.State), .. software];
    }
}
