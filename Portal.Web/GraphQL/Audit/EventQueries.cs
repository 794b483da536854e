using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Portal.Web.GraphQL.Runs;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Questions about what happened.</summary>
[QueryType]
public static class EventQueries
{
    /// <summary>
    /// What happened in a project, oldest first, in the caller's personal one if none is named; null if there is no such project.
    /// Cursors are positions. A page may have fewer events than asked for, or none, though another follows.
    /// </summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static async Task<EventPage?> GetEventsAsync([Caller] Caller caller, ReadEventsHandler events,
        [Id("Project")] Id<Project>? project = null, EventWhere? where = null, int first = EventPages.Usual, string? after = null,
        CancellationToken cancel = default)
    {
        var past = (await events.HandleAsync(caller, caller.ProjectOr(project), EventWhere.Filter(where),
            EventPages.After(after, first), first, cancel)).OrNull();
        return past is null ? null : EventPages.Of(past.Events, recorded => recorded.Position, after, past.Position, past.More);
    }
}

/// <summary>What happened to a run.</summary>
[ObjectType<RunNode>]
public static class RunEventFields
{
    /// <summary>What happened to it, oldest first. Cursors are versions.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static async Task<EventPage?> GetEventsAsync([Parent] RunNode run, [Caller] Caller caller,
        ReadRunEventsHandler events, int first = EventPages.Usual, string? after = null, CancellationToken cancel = default)
    {
        var version = EventPages.After(after, first);
        if ((await events.HandleAsync(caller, run.Id, version, first, cancel)).OrNull() is not { } page) return null;
        var end = page is [.., var last] ? last.Version : version;
        return EventPages.Of(page, recorded => recorded.Version, after, end, page.Count == first);
    }
}
