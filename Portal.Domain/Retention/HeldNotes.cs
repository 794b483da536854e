using System.Text.RegularExpressions;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>What is held, as far as notes are concerned.</summary>
/// <param name="Ids">Persons with their access tokens, projects and runs.</param>
internal sealed partial record HeldNotes(IReadOnlySet<Guid> Ids)
{
    /// <summary>Whether a hold forbids that a note is archived: where it names what is held, or was caused by who is.</summary>
    public bool Hold(Recorded note) => Ids.Count > 0 && (Names(note.Metadata.Actor) || Names(note.Text));

    private bool Names(string text) =>
        Id().Matches(text.Replace("-", "", StringComparison.Ordinal)).Any(id => Ids.Contains(Guid.ParseExact(id.Value, "n")));

    // Ids stand in events as 32 hexadecimal digits, with dashes where the type does not tell what they are of.
    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex Id();
}
