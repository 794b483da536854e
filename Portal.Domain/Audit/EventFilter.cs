using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Which events; all conditions that are given must hold.</summary>
/// <param name="Types">Only those of these types, by their stored names.</param>
/// <param name="Streams">Only those of these streams.</param>
public sealed record EventFilter(IReadOnlyCollection<string>? Types = null, IReadOnlyCollection<string>? Streams = null)
{
    /// <summary>What who reads with it reads: the one stream that it is of, else the project.</summary>
    internal string About(Id<Project> project) => Streams is { Count: 1 } ? Streams.Single() : project.ToString();

    /// <summary>Whether it is one of them.</summary>
    public bool Takes(Recorded recorded) =>
        Types?.Contains(recorded.Type) != false && Streams?.Contains(recorded.Stream) != false;
}
