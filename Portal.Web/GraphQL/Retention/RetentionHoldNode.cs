using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Retention;

/// <summary>The word of an auditor or an administrator that something must be kept as it is.</summary>
/// <param name="view">The hold.</param>
[ObjectType("RetentionHold")]
public sealed class RetentionHoldNode(RetentionHoldView view)
{
    internal RetentionHoldView View => view;

    /// <summary>Its id.</summary>
    [Id("RetentionHold")]
    public Id<RetentionHold> Id => view.Id;

    /// <summary>What it is on.</summary>
    public HeldKind Kind => view.Kind;

    /// <summary>The project that it is on; null for others.</summary>
    [Id("Project")]
    public Id<Project>? ProjectId => view.Kind == HeldKind.Project ? new(view.Subject) : null;

    /// <summary>The run that it is on; null for others.</summary>
    [Id("Run")]
    public Id<Run>? RunId => view.Kind == HeldKind.Run ? new(view.Subject) : null;

    /// <summary>Why.</summary>
    public string Reason => view.Reason;

    /// <summary>From when on it holds nothing; null until it is lifted.</summary>
    public DateTimeOffset? Until => view.Until;

    /// <summary>When it was placed.</summary>
    public DateTimeOffset PlacedAt => view.PlacedAt;

    /// <summary>When it was lifted; null while nobody has.</summary>
    public DateTimeOffset? LiftedAt => view.LiftedAt;
}

/// <summary>Who a hold is on and by.</summary>
[ObjectType<RetentionHoldNode>]
public static class RetentionHoldFields
{
    /// <summary>Whether it holds now.</summary>
    public static bool GetHolds([Parent] RetentionHoldNode hold, [Service] IChance chance) => hold.View.HoldsAt(chance.Now);

    /// <summary>The person that it is on; null for others.</summary>
    public static Task<Person?> GetPersonAsync([Parent] RetentionHoldNode hold, PersonLoader people) =>
        hold.Kind == HeldKind.Person ? people.LoadAsync(new Id<User>(hold.View.Subject)) : Task.FromResult<Person?>(null);

    /// <summary>Who placed it.</summary>
    public static Task<Person?> GetPlacedByAsync([Parent] RetentionHoldNode hold, PersonLoader people) =>
        people.LoadAsync(hold.View.PlacedBy);

    /// <summary>Who lifted it; null while nobody has.</summary>
    public static Task<Person?> GetLiftedByAsync([Parent] RetentionHoldNode hold, PersonLoader people) =>
        hold.View.LiftedBy is { } person ? people.LoadAsync(person) : Task.FromResult<Person?>(null);
}

/// <summary>Questions about what must be kept.</summary>
[QueryType]
public static class RetentionHoldQueries
{
    /// <summary>Holds, the newest first, those that were lifted too: all of them for administrators and auditors of the
    /// installation, for everybody else those that they placed. In person; null for a token.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="holds">The handler.</param>
    /// <param name="page">Which page.</param>
    /// <param name="lifted">Only those that were lifted, or were not.</param>
    /// <param name="cancel">Ends the question.</param>
    public static Task<ListPage<RetentionHoldNode>?> GetRetentionHoldsAsync([Caller] Caller caller, ListRetentionHoldsHandler holds,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, bool? lifted = null, CancellationToken cancel = default) =>
        Lists.PageAsync(Lists.Query(page, "placed_at", Direction.Descending, Lists.Where("lifted", lifted)),
            asked => holds.HandleAsync(caller, asked, cancel), view => new RetentionHoldNode(view));
}
