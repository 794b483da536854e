namespace Portal.Web.Components.Parts;

/// <summary>Where a phase stands on the rail.</summary>
public enum PhasePlace
{
    /// <summary>Not reached yet.</summary>
    Ahead,
    /// <summary>The run is in it.</summary>
    Now,
    /// <summary>Behind it.</summary>
    Done,
    /// <summary>The run ended here, badly or by a cancel.</summary>
    Broken,
    /// <summary>It had nothing to do.</summary>
    Skipped,
}

/// <summary>One phase on a <see cref="PhaseRail"/>.</summary>
/// <param name="Phase">Name of the phase, as in the domain.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
/// <param name="Note">A few words, for example bytes moved.</param>
public sealed record RailMark(
    string Phase, PhasePlace Place, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Note = null);
