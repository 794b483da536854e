namespace Portal.Web.Components.Parts;

/// <summary>One row of a <see cref="StepTimeline"/>.</summary>
/// <param name="Name">Name of the step or attempt.</param>
/// <param name="State">Its state, as in the domain.</param>
/// <param name="Queued">When it was handed to the scheduler.</param>
/// <param name="Started">When it began to run.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Href">Where its details are.</param>
public sealed record TimelineBar(
    string Name, string State, DateTimeOffset Queued, DateTimeOffset? Started = null, DateTimeOffset? Ended = null,
    string? Href = null);
