using System.Collections.Frozen;

namespace Portal.GraphQL.Types;

/// <summary>What the program says of an element, beside what its definition says.</summary>
internal sealed class ElementNotes
{
    public Dictionary<string, object?>? Annotations { get; set; }

    // Made when first asked for: compiling all fields of a schema takes a second, and most are never asked for.
    public Lazy<LeafWriter>? Write { get; set; }

    public Lazy<Func<object?, object?>>? Read { get; set; }

    public Lazy<FieldResolver>? Resolver { get; set; }

    public SubscriptionSource? Source { get; set; }

    public TypeResolver? TypeResolver { get; set; }

    public Type? ClrType { get; set; }

    public ScalarCodec? Codec { get; set; }

    public object? EnumValue { get; set; }

    public Func<OrderedDictionary<string, object?>, object?>? Construct { get; set; }

    public FrozenDictionary<string, object?> Frozen =>
        Annotations?.ToFrozenDictionary(StringComparer.Ordinal) ?? FrozenDictionary<string, object?>.Empty;
}

/// <summary>All notes, by the schema coordinate of their element. Specification, section 3.14.</summary>
internal sealed class NoteBook
{
    private readonly Dictionary<string, ElementNotes> _notes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public IEnumerable<string> Unused => _notes.Keys.Where(coordinate => !_taken.Contains(coordinate));

    public ElementNotes For(string coordinate)
    {
        if (!_notes.TryGetValue(coordinate, out var notes))
        {
            _notes[coordinate] = notes = new ElementNotes();
        }
        return notes;
    }

    public ElementNotes? Take(string coordinate)
    {
        if (!_notes.TryGetValue(coordinate, out var notes))
        {
            return null;
        }
        _taken.Add(coordinate);
        return notes;
    }
}
