using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>What events are narrowed by that has a name.</summary>
public enum EventChoiceKind
{
    /// <summary>A project.</summary>
    Project,
    /// <summary>A person, or the portal itself.</summary>
    Actor,
    /// <summary>A machine.</summary>
    Machine,
    /// <summary>A key.</summary>
    Credential,
    /// <summary>A run.</summary>
    Run,
}

/// <summary>Something that events can be narrowed by.</summary>
/// <param name="Id">Its id, as it stands in a question.</param>
/// <param name="Name">What it is called; no two of an answer are called the same.</param>
public sealed record EventChoice(string Id, string Name);

/// <summary>Finds what events can be narrowed by, by its name, as far as the caller may read events: what one may not see does
/// not exist.</summary>
public sealed class EventChoicesHandler(AuditReach reach, ChoiceSources sources)
{
    /// <summary>Most that are found.</summary>
    public const int Most = 20;

    /// <summary>Those whose name holds a text, whatever the case; at most <see cref="Most"/>.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="kind">What is looked for.</param>
    /// <param name="text">Part of its name; null for any.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<EventChoice>> FindAsync(Caller caller, EventChoiceKind kind, string? text,
        CancellationToken cancel)
    {
        var part = text?.Trim() is { Length: > 0 } given ? given.Replace("\0", "", StringComparison.Ordinal) : null;
        return await reach.OfAsync(caller, null, cancel) is { Ok: true } within
            ? Distinct(await sources.FindAsync(caller, within.Value, kind, new(part, null), cancel))
            : [];
    }

    /// <summary>What something is called; null where the caller may not see it, or it is none.</summary>
    public async Task<string?> NameAsync(Caller caller, EventChoiceKind kind, string id, CancellationToken cancel) =>
        await reach.OfAsync(caller, null, cancel) is { Ok: true } within
        && await sources.FindAsync(caller, within.Value, kind, new(null, id), cancel) is [var found]
            ? found.Name
            : null;

    private static IReadOnlyList<EventChoice> Distinct(IReadOnlyList<EventChoice> found)
    {
        var twice = found.CountBy(one => one.Name).Where(one => one.Value > 1).Select(one => one.Key).ToHashSet();
        return [.. found.Select(one => twice.Contains(one.Name) ? one with { Name = $"{one.Name} · {one.Id[^6..]}" } : one)];
    }
}

/// <summary>Which choices are meant.</summary>
/// <param name="Text">Those whose name holds this; null for any.</param>
/// <param name="Id">The one with this id alone; null for any.</param>
public sealed record WantedChoices(string? Text, string? Id)
{
    /// <summary>The condition on a read model's id.</summary>
    internal IReadOnlyList<Condition> ById => Id is null ? [] : [new("id", Comparison.Equal, Id)];

    /// <summary>The conditions on a read model's id and name.</summary>
    internal IReadOnlyList<Condition> By(string name) => Text is null ? ById : [.. ById, new(name, Comparison.Contains, Text)];

    /// <summary>Whether a name fits.</summary>
    internal bool Fits(string name) => Text is null || name.Contains(Text, StringComparison.OrdinalIgnoreCase);
}
