using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Following what happens.</summary>
[SubscriptionType]
public static class EventSubscriptions
{
    /// <summary>
    /// What happens in a project, in the caller's personal one if none is named: from now on, or after a position. Who goes on
    /// after the last position that they saw misses nothing and sees nothing twice.
    /// </summary>
    public static IAsyncEnumerable<EventNode> GetEventsAsync([Caller] Caller caller, FollowEventsHandler events,
        [Id("Project")] Id<Project>? project = null, EventWhere? where = null, long? after = null,
        CancellationToken cancel = default) =>
        events.HandleAsync(caller, caller.ProjectOr(project), EventWhere.Filter(where), after, cancel)
            .ValuesAsync(recorded => new EventNode(recorded), cancel);
}
