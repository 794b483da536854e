namespace Portal.EventStore;

/// <summary>Who caused an event, through which door, and what led to it.</summary>
/// <param name="Actor">Id of the person, token, agent or part of the system; never a name or an address of mail.</param>
/// <param name="ActorKind"><c>user</c>, <c>token</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="Door"><c>page</c>, <c>graphql</c>, <c>rest</c>, <c>cli</c> or <c>worker</c>.</param>
/// <param name="CorrelationId">Shared by everything that one request led to.</param>
/// <param name="CausationId">Id of the event that led to this one, where one did.</param>
/// <param name="ClientAddress">The client's network address for what people do; null for the system.</param>
public sealed record EventMetadata(
    string Actor, string ActorKind, string Door, Guid CorrelationId, Guid? CausationId = null, string? ClientAddress = null);
