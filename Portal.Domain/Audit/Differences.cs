using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Audit;

/// <summary>How a value is to be read.</summary>
public enum TraitKind
{
    /// <summary>Words.</summary>
    Text,
    /// <summary>A number, with a point where it is no whole one.</summary>
    Number,
    /// <summary>A number of bytes.</summary>
    Bytes,
    /// <summary>A length of time: seconds, with a point.</summary>
    Duration,
    /// <summary>A point in time, ISO 8601, UTC.</summary>
    Time,
    /// <summary>A name that a machine gave: a hash, a key, an id. Letter by letter.</summary>
    Code,
    /// <summary>A person, by their id.</summary>
    Person,
    /// <summary>A state, as it is called in the schema of REST.</summary>
    State,
}

/// <summary>Something that can be said about a thing.</summary>
/// <param name="Section">What it is about: <c>Run</c>, <c>Parameters</c>, <c>Step solve</c>.</param>
/// <param name="Name">What is said; with the section it is there once.</param>
/// <param name="Value">The value as text, the same for the same value; null where there is none.</param>
/// <param name="Kind">How the value is to be read.</param>
public sealed record Trait(string Section, string Name, string? Value, TraitKind Kind = TraitKind.Text)
{
    /// <summary>Whom it is about, where <see cref="Name"/> is the id of a person.</summary>
    public Id<User>? About { get; init; }
}

/// <summary>The same of two things, or of one at two moments.</summary>
/// <param name="Section">What it is about.</param>
/// <param name="Name">What is said.</param>
/// <param name="Kind">How the values are to be read.</param>
/// <param name="Left">The one value.</param>
/// <param name="Right">The other.</param>
/// <param name="About">Whom it is about, where <see cref="Name"/> is the id of a person.</param>
public sealed record Difference(string Section, string Name, TraitKind Kind, string? Left, string? Right, Id<User>? About)
{
    /// <summary>Whether they differ.</summary>
    public bool Differs => Left != Right;
}

/// <summary>Puts traits side by side.</summary>
public static class Differences
{
    /// <summary>What differs, section by section in the order of the left side; what only the right one has stands
    /// behind.</summary>
    /// <param name="left">The one side.</param>
    /// <param name="right">The other.</param>
    /// <param name="all">Whether what is the same is wanted as well.</param>
    public static IReadOnlyList<Difference> Of(IReadOnlyList<Trait> left, IReadOnlyList<Trait> right, bool all = false)
    {
        var (here, there) = (left.ToDictionary(Key), right.ToDictionary(Key));
        return [.. left.Concat(right).GroupBy(trait => trait.Section)
            .SelectMany(section => section.DistinctBy(trait => trait.Name))
            .Select(trait => new Difference(trait.Section, trait.Name, trait.Kind, here.GetValueOrDefault(Key(trait))?.Value,
                there.GetValueOrDefault(Key(trait))?.Value, trait.About))
            .Where(one => one.Differs || (all && one.Left is not null))];
    }

    private static (string, string) Key(Trait trait) => (trait.Section, trait.Name);
}

/// <summary>Values of traits as text.</summary>
internal static class TraitText
{
    public static string? Of(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string? Of(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Of(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);

    public static string? Of(TimeSpan? length) => Of(length?.TotalSeconds);

    public static string Of(bool said) => said ? "yes" : "no";

    public static string? List(IEnumerable<string> lines) => string.Join("\n", lines) is { Length: > 0 } text ? text : null;
}
