using System.Runtime.CompilerServices;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>
/// Whether introspection goes from types to fields and back again so often that the answer explodes. A fragment is looked
/// at once for each depth; only where fragments spread themselves more is needed, and there is an end to it.
/// </summary>
internal sealed class IntrospectionDepth(DocumentFacts facts)
{
    private const int MostLists = 3;
    private const int MostSteps = 100_000;

    private readonly HashSet<(string Fragment, int Depth)> _harmless = [];
    private readonly HashSet<string> _around = new(StringComparer.Ordinal);
    private int _steps;
    private int _circles;

    /// <summary>Whether a field is too much; one of <c>__schema</c> and <c>__type</c>.</summary>
    public bool IsExceededBy(FieldNode field) => IsExceeded(field, 0);

    private bool IsExceeded(SelectionNode node, int depth)
    {
        if ((_circles > 0 && ++_steps > MostSteps) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }
        return node switch
        {
            FragmentSpreadNode spread => IsExceededByFragment(spread.Name.Value, depth),
            FieldNode { Name.Value: "fields" or "interfaces" or "possibleTypes" or "inputFields" } field =>
                ++depth >= MostLists || IsExceededInside(field.SelectionSet, depth),
            FieldNode field => IsExceededInside(field.SelectionSet, depth),
            InlineFragmentNode fragment => IsExceededInside(fragment.SelectionSet, depth),
            _ => false,
        };
    }

    private bool IsExceededInside(SelectionSetNode? set, int depth)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            if (IsExceeded(selection, depth))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsExceededByFragment(string name, int depth)
    {
        if (_harmless.Contains((name, depth)) || facts.FindFragment(name) is not { } fragment)
        {
            return false;
        }
        if (!_around.Add(name))
        {
            // A circle is told by another rule.
            _circles++;
            return false;
        }
        var circles = _circles;
        var isExceeded = IsExceededInside(fragment.SelectionSet, depth);
        _around.Remove(name);
        if (!isExceeded && circles == _circles)
        {
            // Without a circle the answer does not depend on what stands around.
            _harmless.Add((name, depth));
        }
        return isExceeded;
    }
}
