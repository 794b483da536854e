using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs.Crates;

/// <summary>Somebody took a run away, as a crate or as a part of one. It binds that together: sealed, it shows that every file
/// of it is as it was, and that the run had these events then and no more.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Events">How many events it had.</param>
/// <param name="Head">Hash of the last of them, lower-case hex.</param>
/// <param name="Manifest">SHA-256 of the list of the crate's files, lower-case hex; of a part, of a list with this part
/// alone.</param>
/// <param name="Kind">As what: <c>crate</c>, <c>prov</c> or <c>proof</c>.</param>
[EventType("run_exported")]
public sealed record RunExported(Id<Run> RunId, Id<Project> ProjectId, long Events, string Head, string Manifest,
    string Kind = RunExported.Crate) : IBelongsToProject
{
    /// <summary>All of it.</summary>
    public const string Crate = "crate";

    /// <summary>Its provenance alone.</summary>
    public const string Prov = "prov";

    /// <summary>Its events with their proof alone.</summary>
    public const string Proof = "proof";

    /// <summary>What the names of its streams begin with: each has one of its own, so that nobody waits for anybody.</summary>
    public const string Prefix = "export";
}
