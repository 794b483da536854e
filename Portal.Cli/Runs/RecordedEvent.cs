using System.Text.Json;

namespace Portal.Cli.Runs;

/// <summary>An event; its body is the fact as it stands in the record.</summary>
public sealed record RecordedEvent(long Position, long Version, DateTimeOffset Time, string Type, string Stream, Actor Actor,
    JsonElement Body);

/// <summary>Who caused an event, and through which door.</summary>
public sealed record Actor(string Kind, string Id, string Door);

/// <summary>What became of a run.</summary>
public sealed record RunUpdate(long Position, Run Run, IReadOnlyList<RecordedEvent> Events);
