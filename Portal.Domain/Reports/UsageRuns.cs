using Portal.Domain.Audit;
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
public sealed class UsageRuns(IChance chance)
{
    /// <summary>The runs. They are counted behind the tail, as the report is.</summary>
    /// <param name="slice">Which.</param>
    /// <param name="projects">Only those of these projects; null for all of the installation.</param>
    public Result<DocumentSet> Of(UsageSlice slice, IReadOnlyCollection<Id<Project>>? projects)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var within = slice.Report.Within(chance.Now);
        if (!within.Ok) return Result.Refused<DocumentSet>(within.Problems);
        List<Condition> where = [.. within.Value.Conditions];
        if (projects is not null)
            where.Add(new("project", Comparison.In, projects.Select(project => project.ToString()).ToArray()));
        if (slice.UnderWay) where.Add(new("outcome", Comparison.Equal, null));
        if (slice.Outcome is { } outcome) where.Add(new("outcome", Comparison.Equal, outcome.ToString()));
        if (slice.Failure is { } failure) where.Add(new("failure", Comparison.Equal, failure.ToString()));
        return new DocumentSet(EventSearchIndex.Run, typeof(RunUsage), where);
    }
}
