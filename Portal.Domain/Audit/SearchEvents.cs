using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>A question that may be asked.</summary>
/// <param name="Search">As the store takes it.</param>
/// <param name="Within">How far the caller may read.</param>
internal sealed record AskedEvents(EventSearch Search, Reach Within);

/// <summary>Searches all events, as far as the caller may read in them.</summary>
public sealed class SearchEventsHandler(
    IEventSearch search, AuditReach reach, EventQuestionProblems problems, UsageRuns usage, Readings readings)
{
    private const int MostNewer = 100;

    /// <summary>A page of what is found, in the order of all events, or from its end on.</summary>
    public async Task<Result<EventsFound>> PageAsync(
        Caller caller, EventQuestion question, bool newestFirst, int limit, CancellationToken cancel)
    {
        var asked = await AskAsync(caller, question, cancel);
        return asked.Ok ? await search.PageAsync(asked.Value, newestFirst, limit, cancel) : Result.Refused<EventsFound>(asked.Problems);
    }

    /// <summary>How many are found: counted up to ten thousand, estimated where there are more.</summary>
    public async Task<Result<EventCount>> CountAsync(Caller caller, EventQuestion question, CancellationToken cancel)
    {
        var asked = await AskAsync(caller, question with { After = null, Before = null }, cancel);
        return asked.Ok ? await search.CountAsync(asked.Value, cancel) : Result.Refused<EventCount>(asked.Problems);
    }

    /// <summary>How many there are behind a position by now; not more than a hundred are counted.</summary>
    public async Task<Result<EventCount>> NewerAsync(Caller caller, EventQuestion question, long after, CancellationToken cancel)
    {
        var asked = await AskAsync(caller, question with { After = after, Before = null }, cancel);
        if (!asked.Ok) return Result.Refused<EventCount>(asked.Problems);
        var found = await search.PageAsync(asked.Value, newestFirst: false, MostNewer, cancel);
        return new EventCount(found.Events.Count, found.More);
    }

    /// <summary>Whether something may be asked; that it is, is noted where that must be.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="question">What.</param>
    /// <param name="kind">As which <see cref="ReadingKind"/> it is noted.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Result<AskedEvents>> AskAsync(
        Caller caller, EventQuestion question, string kind, CancellationToken cancel)
    {
        var within = await reach.OfAsync(caller, question.Project, cancel);
        if (!within.Ok) return Result.Refused<AskedEvents>(within.Problems);
        var wrong = await problems.FindAsync(question, cancel);
        if (wrong.Count > 0) return Result.Refused<AskedEvents>(wrong);
        DocumentSet? runs = null;
        if (question.Usage is { } slice)
        {
            var counted = usage.Of(slice, within.Value.Projects);
            if (!counted.Ok) return Result.Refused<AskedEvents>(counted.Problems);
            runs = counted.Value;
        }
        // Somebody may audit one of their projects and work in another.
        var conditions = EventConditions.Of(question);
        foreach (var project in within.Value.Projects?.Select(one => (Id<Project>?)one) ?? [null])
        {
            var about = question.Run?.ToString() ?? project?.ToString() ?? "everything";
            await readings.NoteAsync(caller, project, kind, conditions.Length > 0 ? $"{about} {conditions}" : about, cancel);
        }
        return new AskedEvents(question.SearchFor(within.Value, runs), within.Value);
    }

    private async Task<Result<EventSearch>> AskAsync(Caller caller, EventQuestion question, CancellationToken cancel)
    {
        var asked = await AskAsync(caller, question, ReadingKind.Events, cancel);
        return asked.Ok ? asked.Value.Search : Result.Refused<EventSearch>(asked.Problems);
    }
}
