using System.Text.Json;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Retention;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Who caused an event, and through which door.</summary>
/// <param name="Id">Id of the person, the token, the agent or the part of the portal.</param>
/// <param name="Kind"><c>user</c>, <c>token</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="Door"><c>page</c>, <c>graphql</c>, <c>rest</c>, <c>cli</c> or <c>worker</c>.</param>
[ObjectType("Actor")]
public sealed record ActorNode(string Id, string Kind, string Door);

/// <summary>A fact, as it stands in the record.</summary>
/// <param name="recorded">The event.</param>
[ObjectType("Event")]
public sealed class EventNode(Recorded recorded)
{
    internal bool Archived => recorded.Body is ArchivedEvent;

    /// <summary>Its place in the order of all events: where to go on.</summary>
    public long Position => recorded.Position;

    /// <summary>What it is about: the kind of thing, a dash, and its id in REST.</summary>
    public string Stream => recorded.Stream;

    /// <summary>Its number among the events of that thing, from 1.</summary>
    public long Version => recorded.Version;

    /// <summary>What happened.</summary>
    public string Type => recorded.Type;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Time => recorded.Time;

    /// <summary>Who caused it.</summary>
    public ActorNode Actor => new(recorded.Metadata.Actor, recorded.Metadata.ActorKind, recorded.Metadata.Door);

    /// <summary>Shared by everything that one request led to.</summary>
    public Guid CorrelationId => recorded.Metadata.CorrelationId;

    /// <summary>The event that led to this one, where one did.</summary>
    public Guid? CausationId => recorded.Metadata.CausationId;

    /// <summary>The event's own id, by which others name it as their cause.</summary>
    public Guid EventId => recorded.Id;

    /// <summary>The fact itself, as it stands in the record; an empty object where it was archived.</summary>
    public JsonElement Body => JsonElement.Parse(recorded.Text);

    /// <summary>SHA-256 over this event and the hash of the one before it, lower-case hex.</summary>
    public string Hash => Convert.ToHexStringLower(recorded.Hash.Span);
}

/// <summary>Where the contents of an event are.</summary>
[ObjectType<EventNode>]
public static class EventFields
{
    /// <summary>Where body and metadata are that were archived; null for all others.</summary>
    public static async Task<ArchivePlaceNode?> GetArchiveAsync([Parent] EventNode recorded, ArchiveLoader archives) =>
        recorded.Archived ? ArchivePlaceNode.Of(await archives.LoadAsync(recorded.Stream)) : null;
}
