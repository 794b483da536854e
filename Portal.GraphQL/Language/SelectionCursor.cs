using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>Selections in the order in which they are read, those of fragments in place of the fragment. It keeps the way
/// itself: a chain of fragments may be longer than a thread's stack.</summary>
/// <typeparam name="TScope">What holds inside a selection set, such as its type.</typeparam>
internal sealed class SelectionCursor<TScope>
{
    private readonly Stack<(TScope Scope, ImmutableArray<SelectionNode> Selections, int Next)> _open = new();

    public SelectionCursor(TScope scope, SelectionSetNode set) => Enter(scope, set);

    /// <summary>What holds where the last selection was.</summary>
    public TScope Scope { get; private set; } = default!;

    /// <summary>The next selection, or null at the end.</summary>
    public SelectionNode? Next()
    {
        while (_open.TryPop(out var at))
        {
            if (at.Next == at.Selections.Length) continue;
            _open.Push(at with { Next = at.Next + 1 });
            Scope = at.Scope;
            return at.Selections[at.Next];
        }
        return null;
    }

    /// <summary>Reads this set before anything else.</summary>
    public void Enter(TScope scope, SelectionSetNode set) => _open.Push((scope, set.Selections, 0));
}
