using System.Runtime.InteropServices;

namespace Portal.GraphQL.Validation;

/// <content>Scopes that can meet become one class, and their fields with the same key are looked at together.</content>
internal sealed partial class FieldScopes
{
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
}
