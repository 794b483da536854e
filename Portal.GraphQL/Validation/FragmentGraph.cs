using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>Which fragments spread which, in the order in which the reference implementation finds them.</summary>
internal sealed class FragmentGraph(DocumentFacts facts)
{
    private readonly Dictionary<SelectionSetNode, FragmentSpreadNode[]> _spreads = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SelectionSetNode, List<FragmentDefinitionNode>> _reachable =
        new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    /// <summary>All spreads in a selection: its own first, then those of the last selection inside it, and so on.</summary>
    public FragmentSpreadNode[] SpreadsOf(SelectionSetNode set)
    {
        if (_spreads.TryGetValue(set, out var known))
        {
            return known;
        }
        var spreads = new List<FragmentSpreadNode>();
        var open = new Stack<SelectionSetNode>([set]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread:
                        spreads.Add(spread);
                        break;
                    case FieldNode { SelectionSet: { } inner }:
                        open.Push(inner);
                        break;
                    case InlineFragmentNode fragment:
                        open.Push(fragment.SelectionSet);
                        break;
                }
            }
        }
        return _spreads[set] = [.. spreads];
    }

    /// <summary>The fragments that an operation spreads, itself or by others.</summary>
    public List<FragmentDefinitionNode> ReachableFrom(OperationDefinitionNode operation)
    {
        if (_reachable.TryGetValue(operation.SelectionSet, out var known))
        {
            return known;
        }
        var fragments = new List<FragmentDefinitionNode>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectionSetNode>([operation.SelectionSet]);
        while (facts.Fragments.Count > 0 && open.TryPop(out var next))
        {
            foreach (var spread in SpreadsOf(next))
            {
                if (names.Add(spread.Name.Value) && facts.FindFragment(spread.Name.Value) is { } fragment)
                {
                    fragments.Add(fragment);
                    open.Push(fragment.SelectionSet);
                }
            }
        }
        return _reachable[operation.SelectionSet] = fragments;
    }

    /// <summary>
    /// Goes along the spreads of a fragment, if nobody came by before, and tells of each circle: the spreads on it. It keeps
    /// its own stack, as a chain of fragments may be longer than a thread's.
    /// </summary>
    public void FindCircles(FragmentDefinitionNode start, Action<List<FragmentSpreadNode>> tell)
    {
        var path = new List<FragmentSpreadNode>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<(string Name, FragmentSpreadNode[] Spreads, int Next)>();
        Enter(start);
        while (open.TryPop(out var at))
        {
            if (at.Next == at.Spreads.Length)
            {
                places.Remove(at.Name);
                if (open.Count > 0)
                {
                    path.RemoveAt(path.Count - 1);
                }
                continue;
            }
            open.Push(at with { Next = at.Next + 1 });
            var spread = at.Spreads[at.Next];
            path.Add(spread);
            if (places.TryGetValue(spread.Name.Value, out var place))
            {
                tell(path[place..]);
            }
            else if (facts.FindFragment(spread.Name.Value) is { } fragment && Enter(fragment))
            {
                continue;
            }
            path.RemoveAt(path.Count - 1);
        }

        bool Enter(FragmentDefinitionNode fragment)
        {
            if (!_visited.Add(fragment.Name.Value) || SpreadsOf(fragment.SelectionSet) is not { Length: > 0 } spreads)
            {
                return false;
            }
            places[fragment.Name.Value] = path.Count;
            open.Push((fragment.Name.Value, spreads, 0));
            return true;
        }
    }
}
