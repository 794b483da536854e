using Portal.EventStore;

namespace Portal.Domain.Common;

/// <summary>An expected refusal: what is wrong, where, and what to do about it. Never holds a secret.</summary>
/// <param name="Code">Stable SCREAMING_SNAKE_CASE word that programs may rely on, for example <c>NOT_FOUND</c>.</param>
/// <param name="Message">A sentence for the person who reads it.</param>
/// <param name="Field">The input it is about, as a path (<c>resources.time</c>), where there is one.</param>
/// <param name="Line">Line in the text given, from 1, where there is one.</param>
/// <param name="Column">Column in that line, from 1.</param>
/// <param name="Advice">What to do.</param>
public sealed record Problem(
    string Code, string Message, string? Field = null, int? Line = null, int? Column = null, string? Advice = null)
{
    /// <summary>What you may not see does not exist: the same answer for both.</summary>
    public static Problem NotFound(string what) => new("NOT_FOUND", $"There is no such {what}.");

    /// <summary>An input that cannot be taken.</summary>
    public static Problem Invalid(string field, string message, string? advice = null) =>
        new("INVALID_INPUT", message, field, Advice: advice);

    /// <summary>Its events are not in the database: they were archived.</summary>
    public static Problem Archived(StreamArchive archive) =>
        new("STREAM_ARCHIVED", $"Its events were {archive.Words}.", Advice: "An administrator can bring the archive back.");

    /// <summary>Somebody else changed the thing meanwhile.</summary>
    public static Problem Conflict(string what) =>
        new("CONFLICT", $"The {what} was changed by somebody else meanwhile.", Advice: "Load it again and repeat what you did.");
}
