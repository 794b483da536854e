using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Finds what is wrong with a question for events: what cannot have an answer is said, not answered with nothing.</summary>
public sealed class EventQuestionProblems(IEventStore store, EventTypes types, IChance chance)
{
    private const int LongestText = 1000, LongestActor = 100, MostTypes = 200;

    // A reader's clock may be a little ahead of ours.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The problems; none where it can be asked.</summary>
    public async Task<IReadOnlyList<Problem>> FindAsync(EventQuestion question, CancellationToken cancel)
    {
        List<Problem?> found =
        [
            .. Moments(question), Type(question.Types), Door(question.Door), Text(question.Text),
            question.Actor is { } actor && (actor.Length is 0 or > LongestActor || actor.Any(sign => !char.IsAscii(sign) || char.IsControl(sign)))
                ? Problem.Invalid("actor", "That is no id of anybody.", "Take the actor's id as it stands in an event.") : null,
            await PositionAsync("after", question.After, cancel), await PositionAsync("before", question.Before, cancel),
            await PositionAsync("position", question.UpTo, cancel),
        ];
        return [.. found.OfType<Problem>()];
    }

    private IEnumerable<Problem> Moments(EventQuestion question)
    {
        if (question is { From: { } first, Until: { } end } && first >= end)
            yield return new("EMPTY_PERIOD", "The period ends before it begins.", "until", Advice: "Give an until that is later than from.");
        if (question.From is { } from && from > chance.Now + Ahead)
            yield return new("MOMENT_OUTSIDE", "Nothing has been recorded of the time to come.", "from",
                Advice: "Give a time that has passed.");
        if (question.Until is { } until && until < DateTimeOffset.UnixEpoch)
            yield return new("MOMENT_OUTSIDE", "Nothing was recorded before this.", "until", Advice: "Give a later time.");
    }

    private Problem? Type(IReadOnlyList<string>? wanted)
    {
        if (wanted is null) return null;
        if (wanted.Count is 0 or > MostTypes)
            return new("MATCHES_NOTHING", $"A list of types has 1 to {MostTypes} of them.", "types",
                Advice: "Leave it out to see all types.");
        return wanted.FirstOrDefault(type => !types.Names.Contains(type)) is not { } unknown ? null
            : new("UNKNOWN_EVENT_TYPE", $"There is no event of the type '{(unknown.Length > 60 ? unknown[..60] + "…" : unknown)}'.", "types",
                Advice: "Types are written like run_failed; the list of all stands in the reference.");
    }

    private static Problem? Door(string? door) => door is null || EventQuestion.Doors.Contains(door) ? null
        : new("MATCHES_NOTHING", "Nothing comes by such a door.", "door", Advice: $"Doors are {string.Join(", ", EventQuestion.Doors)}.");

    private static Problem? Text(string? text) => text switch
    {
        null => null,
        { Length: > LongestText } => Problem.Invalid("text", $"A search has at most {LongestText} characters."),
        _ when !text.Any(char.IsLetterOrDigit) =>
            new("MATCHES_NOTHING", "There is no word in this.", "text", Advice: "Give words of letters or digits."),
        _ => null,
    };

    private async Task<Problem?> PositionAsync(string field, long? position, CancellationToken cancel) => position switch
    {
        null => null,
        < 0 => Problem.Invalid(field, "A position is 0 or more."),
        _ when position > await store.HighestPositionAsync(cancel) =>
            new("POSITION_AHEAD", "No event has had this position yet.", field, Advice: "Give a position that this portal gave you."),
        _ => null,
    };
}
