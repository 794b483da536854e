using System.Runtime.InteropServices;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// Which fields can meet in one object of the response. A scope is the selection of an operation, a fragment or a field,
/// with its inline fragments. Scopes that can meet become one class: a fragment and the scope that spreads it, and what is
/// selected inside of two fields with the same key. This takes time that grows little faster than the document, whatever
/// its fragments do. Two fields of a class that do not agree are suspects: they may stand in objects that never meet, which
/// <see cref="FieldConflicts"/> finds out. Without suspects all fields can be merged. Section 5.3.2.
/// </summary>
/// <param name="tokens">How long the document is, about.</param>
internal sealed partial class FieldScopes(int tokens)
{
    private const int Few = 12;
    private const int MostAtFirst = 256;

    private readonly List<Entry> _entries = new(Math.Clamp(tokens / 4, 4, MostAtFirst));
    private readonly List<Row> _rows = new(Math.Clamp(tokens / 8, 2, MostAtFirst));
    private readonly List<(int Scope, string Fragment)> _spreads = [];
    private readonly Dictionary<string, int> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Class, string Key), Leader> _leaders = [];
    private readonly Queue<(int, int)> _meetings = new();
    private List<int>? _suspects;

    public int Open()
    {
        _rows.Add(new Row { Parent = _rows.Count, Head = -1, Tail = -1 });
        return _rows.Count - 1;
    }

    public void Name(string fragment, int scope) => _fragments[fragment] = scope;

    public void Spread(int scope, string fragment) => _spreads.Add((scope, fragment));

    public void Add(int scope, FieldNode node, NamedType? parent, FieldDefinition? field, int inner)
    {
        ref var row = ref CollectionsMarshal.AsSpan(_rows)[scope];
        var index = _entries.Count;
        _entries.Add(new Entry(node, parent, field, scope, inner));
        if (row.Tail >= 0)
        {
            CollectionsMarshal.AsSpan(_entries)[row.Tail].Next = index;
        }
        (row.Head, row.Tail, row.Size) = (row.Head < 0 ? index : row.Head, index, row.Size + 1);
    }

    /// <summary>Fields that do not agree; null if all do.</summary>
    public SuspectFields? Settle()
    {
        foreach (var (scope, fragment) in _spreads)
        {
            if (_fragments.TryGetValue(fragment, out var other))
            {
                _meetings.Enqueue((scope, other));
            }
        }
        for (var scope = 0; scope < _rows.Count; scope++)
        {
            if (_rows[scope].Size > Few || HasRepeats(scope))
            {
                Place(scope);
            }
        }
        while (_meetings.TryDequeue(out var meeting))
        {
            Unite(Find(meeting.Item1), Find(meeting.Item2));
        }
        return _suspects is null ? null : Spread(_suspects);
    }

    private struct Row
    {
        public int Parent;
        public int Head;
        public int Tail;
        public int Size;
        public bool IsPlaced;
    }

    private record struct Entry(FieldNode Node, NamedType? Parent, FieldDefinition? Field, int Scope, int Inner)
    {
        public int Next = -1;
    }

    private readonly record struct Leader(int First, GraphType? Type, int Inner);
}
