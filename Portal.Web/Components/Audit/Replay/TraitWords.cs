using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>Words for traits, and the people in them.</summary>
internal static class TraitWords
{
    /// <summary>What a trait is called: a person by name, a phase in words.</summary>
    public static string Name(string name, Id<User>? about, string section, IReadOnlyDictionary<Id<User>, string> names) =>
        about is { } person ? names.NameOf(person)
        : section == "Time by phase" ? States.Of(name).Word
        : name;

    /// <summary>The people in these, and who caused the event.</summary>
    public static IEnumerable<Id<User>> People(IEnumerable<Difference> rows, Recorded? recorded = null)
    {
        foreach (var row in rows)
        {
            if (row.About is { } about) yield return about;
            if (row.Kind != TraitKind.Person) continue;
            foreach (var side in (string?[])[row.Left, row.Right])
                if (Id<User>.TryParse(side, out var person)) yield return person;
        }
        if (recorded?.Metadata is { ActorKind: "user" } by && Id<User>.TryParse(by.Actor, out var actor)) yield return actor;
    }
}
