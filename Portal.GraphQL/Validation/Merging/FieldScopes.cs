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
internal sealed class FieldScopes(int tokens)
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

    private int Find(int scope)
    {
        var rows = CollectionsMarshal.AsSpan(_rows);
        while (rows[scope].Parent != scope)
        {
            scope = rows[scope].Parent = rows[rows[scope].Parent].Parent;
        }
        return scope;
    }

    private bool HasRepeats(int scope)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = _rows[scope].Head; i >= 0; i = entries[i].Next)
        {
            for (var j = _rows[scope].Head; j != i; j = entries[j].Next)
            {
                if (entries[i].Node.ResponseKey == entries[j].Node.ResponseKey)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private void Unite(int one, int other)
    {
        if (one == other)
        {
            return;
        }
        var rows = CollectionsMarshal.AsSpan(_rows);
        var (large, small) = rows[one].Size >= rows[other].Size ? (one, other) : (other, one);
        Place(large);
        rows[small].Parent = large;
        PlaceEntries(large, rows[small].Head);
        if (rows[small].Size > 0)
        {
            CollectionsMarshal.AsSpan(_entries)[rows[large].Tail].Next = rows[small].Head;
            (rows[large].Tail, rows[large].Size) = (rows[small].Tail, rows[large].Size + rows[small].Size);
        }
    }

    private void Place(int scope)
    {
        ref var row = ref CollectionsMarshal.AsSpan(_rows)[scope];
        if (!row.IsPlaced)
        {
            row.IsPlaced = true;
            PlaceEntries(scope, row.Head);
        }
    }

    private void PlaceEntries(int to, int first)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = first; i >= 0; i = entries[i].Next)
        {
            ref readonly var entry = ref entries[i];
            ref var leader = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _leaders, (to, entry.Node.ResponseKey), out var exists);
            if (!exists)
            {
                leader = new Leader(i, entry.Field?.Type, entry.Inner);
                continue;
            }
            if (entry.Node.Name.Value != entries[leader.First].Node.Name.Value
                || !FieldAgreement.HaveSameArguments(entry.Node, entries[leader.First].Node)
                || (entry.Field is not null && leader.Type is not null
                    && FieldAgreement.DoTypesConflict(entry.Field.Type, leader.Type)))
            {
                (_suspects ??= []).Add(i);
            }
            if (entry.Inner >= 0 && leader.Inner >= 0)
            {
                _meetings.Enqueue((entry.Inner, leader.Inner));
            }
            leader = new Leader(
                leader.First, leader.Type ?? entry.Field?.Type, leader.Inner >= 0 ? leader.Inner : entry.Inner);
        }
    }

    // A field is suspect as well if one inside it is.
    private SuspectFields Spread(List<int> first)
    {
        var suspects = new SuspectFields(Find, _fragments);
        foreach (var index in first)
        {
            suspects.Add(Find(_entries[index].Scope), _entries[index].Node.ResponseKey);
        }
        for (var grows = true; grows;)
        {
            grows = false;
            foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
            {
                grows |= entry.Inner >= 0 && suspects.Has(Find(entry.Inner))
                    && suspects.Add(Find(entry.Scope), entry.Node.ResponseKey);
            }
        }
        return suspects;
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

/// <summary>The keys of fields that may conflict, by their class.</summary>
internal sealed class SuspectFields(Func<int, int> find, Dictionary<string, int> fragments)
{
    private readonly HashSet<(int Class, string Key)> _keys = [];
    private readonly HashSet<int> _classes = [];

    public bool Add(int suspectClass, string key)
    {
        _classes.Add(suspectClass);
        return _keys.Add((suspectClass, key));
    }

    public int ClassOf(int scope) => find(scope);

    public bool Has(int suspectClass) => _classes.Contains(suspectClass);

    public bool Has(int suspectClass, string key) => _keys.Contains((suspectClass, key));

    // What a fragment spreads and what spreads it has the same class.
    public bool HasFragment(string name) => fragments.TryGetValue(name, out var scope) && Has(ClassOf(scope));
}
