using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Data;

/// <summary>A result was asked for, and not given out, since the scanner found something in it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Path">Where the result lies at its endpoint.</param>
/// <param name="Sha256">What it is, lower-case hex.</param>
/// <param name="Found">What the scanner calls it.</param>
[EventType("output_refused")]
public sealed record OutputRefused(Id<Run> RunId, Id<Project> ProjectId, string Path, string Sha256, string Found)
    : IBelongsToProject
{
    /// <summary>What the names of its streams begin with: each has one of its own, so that nobody waits for anybody.</summary>
    public const string Prefix = "refusal";
}
