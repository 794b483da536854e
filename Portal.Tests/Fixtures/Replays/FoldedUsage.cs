using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>What quotas count: of each run its steps, of each project its runs under way and those that were let in.</summary>
internal static class FoldedUsage
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        var rows = (await streams.RowsAsync<Usage>()).ToDictionary(row => row.Id);
        var runs = streams.Of<Run>().Where(FoldedRuns.Exists).ToList();
        foreach (var thing in runs)
        {
            var (run, id) = (thing.State, Usage.IdOf(thing.State.Request.RunId));
            streams.Same(thing.Stream, new Usage(id, run.Request.ProjectId)
            {
                Over = run.EndedAt is not null,
                Steps = [.. run.Request.Plan.Steps.Zip(run.Steps, (step, state) => new StepUsage(
                    step.Id, Demand.CoresOf(step.Resources), Demand.SecondsOf(step.Resources),
                    state.Status is StepStatus.Succeeded or StepStatus.Failed or StepStatus.Cancelled))],
            }, rows.GetValueOrDefault(id));
        }
        var admissions = streams.Of<Quota>().ToDictionary(thing => thing.Id, thing => thing.Events[^1].Version);
        foreach (var project in runs.Select(thing => thing.State.Request.ProjectId.Value).Concat(admissions.Keys).Distinct())
        {
            var id = Usage.IdOf(new Id<Portal.Domain.Projects.Project>(project));
            var row = rows.GetValueOrDefault(id);
            // Sums of doubles depend on the order in which they were made.
            var asked = runs.Where(thing => thing.State.Request.ProjectId.Value == project).Sum(thing => Asked(rows, thing));
            streams.Same(id, new Usage(id, new(project))
            {
                Runs = runs.Count(thing => thing.State.Request.ProjectId.Value == project && thing.State.EndedAt is null),
                Admissions = admissions.GetValueOrDefault(project),
                CoreSeconds = row is not null && Math.Abs(row.CoreSeconds - asked) < 0.001 ? row.CoreSeconds : asked,
            }, row);
        }
    }

    private static double Asked(Dictionary<string, Usage> rows, Folded<Run> thing) =>
        rows.GetValueOrDefault(Usage.IdOf(thing.State.Request.RunId)) is { Over: false } row
            ? row.Steps.Where(step => !step.Ended).Sum(step => step.CoreSeconds) : 0;
}
