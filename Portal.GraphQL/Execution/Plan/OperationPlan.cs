using System.Collections.Concurrent;
using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// An operation made ready to run: it never changes in what it says, and any number of requests may use it at a time.
/// Its conditions (<c>@skip</c>, <c>@include</c>) are decided by few variables; for each combination that was asked for
/// there is a plan without any condition. Specification, section 6.2.
/// </summary>
internal sealed class OperationPlan
{
    private const int MostVariants = 32;

    private readonly ImmutableArray<string> _conditions;
    private readonly ConcurrentDictionary<ulong, VariantPlan> _variants = new();
    private VariantPlan? _single;

    public OperationPlan(
        Schema schema, OperationDefinitionNode node, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        (Schema, Node, Fragments) = (schema, node, fragments);
        Root = schema.RootOf(node.Operation);
        Variables = [.. node.VariableDefinitions.Select(variable => new VariablePlan(schema, variable))];
        _conditions = Variables.IsEmpty ? [] : ConditionVariables.Of(node, fragments);
    }

    public Schema Schema { get; }

    public OperationDefinitionNode Node { get; }

    public IReadOnlyDictionary<string, FragmentDefinitionNode> Fragments { get; }

    public ImmutableArray<VariablePlan> Variables { get; }

    // Null if the schema has no operations of the kind.
    public ObjectType? Root { get; }

    // What the limits say of it, worked out once.
    public CostPlan? Cost { get; set; }

    public VariantPlan For(IReadOnlyDictionary<string, object?>? variables)
    {
        if (_conditions.IsEmpty)
        {
            return _single ??= Make(null);
        }
        if (!TryGetFlags(variables, out var flags))
        {
            return Make(variables);
        }
        if (_variants.TryGetValue(flags, out var known))
        {
            return known;
        }
        // Nobody fills the memory with combinations.
        var made = Make(variables);
        return _variants.Count < MostVariants ? _variants.GetOrAdd(flags, made) : made;
    }

    private VariantPlan Make(IReadOnlyDictionary<string, object?>? variables)
    {
        var kept = variables is null ? null : _conditions.Where(variables.ContainsKey)
            .ToDictionary(name => name, name => variables[name], StringComparer.Ordinal);
        return new VariantPlan(Schema, Fragments, kept, Root!, Node.SelectionSet);
    }

    // A bit for each variable; a variable without a value, or more than 64 of them, are not worth keeping.
    private bool TryGetFlags(IReadOnlyDictionary<string, object?>? variables, out ulong flags)
    {
        flags = 0;
        for (var i = 0; i < _conditions.Length; i++)
        {
            object? value = null;
            if (i >= 64 || variables?.TryGetValue(_conditions[i], out value) != true || value is not bool isTrue)
            {
                return false;
            }
            flags |= isTrue ? 1UL << i : 0;
        }
        return true;
    }
}

/// <summary>The variables that conditions ask. Specification, sections 3.13.1 and 3.13.2.</summary>
internal static class ConditionVariables
{
    public static ImmutableArray<string> Of(
        OperationDefinitionNode operation, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        var names = new OrderedDictionary<string, bool>();
        var sets = new Stack<SelectionSetNode>(fragments.Values.Select(fragment => fragment.SelectionSet));
        sets.Push(operation.SelectionSet);
        while (sets.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                foreach (var directive in selection.Directives.Where(d => d.Name.Value is "skip" or "include"))
                {
                    foreach (var variable in directive.Arguments.Select(argument => argument.Value).OfType<VariableNode>())
                    {
                        names.TryAdd(variable.Name.Value, true);
                    }
                }
                if ((selection as FieldNode)?.SelectionSet is { } inner)
                {
                    sets.Push(inner);
                }
                else if (selection is InlineFragmentNode inline)
                {
                    sets.Push(inline.SelectionSet);
                }
            }
        }
        return [.. names.Keys];
    }
}
