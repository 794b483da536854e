using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Reports;

/// <summary>The runs that a number of a report was folded from.</summary>
/// <param name="Report">What the report is of; what makes its rows does not matter.</param>
/// <param name="Outcome">Only those that ended so.</param>
/// <param name="UnderWay">Only those that have not ended.</param>
/// <param name="Failure">Only those that failed for this reason.</param>
public sealed record UsageSlice(UsageReport Report, Phase? Outcome = null, bool UnderWay = false, FailureName? Failure = null);

/// <summary>Finds the runs behind a number of a report, for whoever looks for their events.</summary>
public sealed class UsageRuns(IDocuments documents, IChance chance)
{
    /// <summary>Most runs whose events are looked for together.</summary>
    public const int Most = 1000;

    /// <summary>Their ids; TOO_MANY_RUNS where there are more than <see cref="Most"/>. They are counted behind the tail, as the report
    /// is.</summary>
    /// <param name="slice">Which.</param>
    /// <param name="projects">Only those of these projects; null for all of the installation.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<IReadOnlyCollection<Guid>>> OfAsync(
        UsageSlice slice, IReadOnlyCollection<Id<Project>>? projects, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var within = slice.Report.Within(chance.Now);
        if (!within.Ok) return Result.Refused<IReadOnlyCollection<Guid>>(within.Problems);
        List<Condition> where = [.. within.Value.Conditions];
        if (projects is not null)
            where.Add(new("project", Comparison.In, projects.Select(project => project.ToString()).ToArray()));
        if (slice.UnderWay) where.Add(new("outcome", Comparison.Equal, null));
        if (slice.Outcome is { } outcome) where.Add(new("outcome", Comparison.Equal, outcome.ToString()));
        if (slice.Failure is { } failure) where.Add(new("failure", Comparison.Equal, failure.ToString()));
        var found = await documents.QueryAsync<RunUsage>(new(where, Limit: Most + 1), cancel);
        return found.Items.Count > Most
            ? new Problem("TOO_MANY_RUNS", $"These are more than {Most} runs.", "report",
                Advice: "Take fewer months, or one project, machine or person alone.")
            : Result.Of<IReadOnlyCollection<Guid>>([.. found.Items.Select(run => run.Run.Value)]);
    }
}
