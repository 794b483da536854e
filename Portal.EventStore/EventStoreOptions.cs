using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.EventStore;

/// <summary>What an event store needs to know.</summary>
public sealed record EventStoreOptions
{
    /// <summary>Npgsql connection string of the database; <see cref="PrivatePostgres.ConnectionString"/> for a private one.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The known event types.</summary>
    public required EventTypes Types { get; init; }

    /// <summary>The read models; each class of documents has one projection.</summary>
    public IReadOnlyList<Projection> Projections { get; init; } = [];

    /// <summary>Whether this node works on asynchronous projections; one that only reads and appends need not.</summary>
    public bool RunProjections { get; init; } = true;

    /// <summary>The folder of archives; empty where a node has none, and can neither make nor read any.</summary>
    public string ArchiveFolder { get; init; } = "";

    /// <summary>How long an append or a reading waits for a database that restarts.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where to log.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Measures pauses and gives events their time of recording (docs/adr/0007).</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
