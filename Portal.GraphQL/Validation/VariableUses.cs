using System.Runtime.InteropServices;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>A variable where it is used.</summary>
internal readonly record struct VariableUse(VariableNode Node, Position At);

/// <summary>Where variables are used, by operation and fragment.</summary>
internal sealed class VariableUses
{
    private readonly List<VariableUse> _all = [];
    private readonly Dictionary<ExecutableDefinitionNode, (int Start, int End)> _ranges =
        new(ReferenceEqualityComparer.Instance);

    private ExecutableDefinitionNode? _definition;

    /// <summary>Whether anything is used or defined.</summary>
    public bool NeedAnswers { get; private set; }

    public void Begin(ExecutableDefinitionNode definition)
    {
        _definition = definition;
        NeedAnswers |= definition is OperationDefinitionNode { VariableDefinitions.IsEmpty: false };
    }

    public void Add(VariableNode node, Position at)
    {
        if (_definition is not { } definition)
        {
            return;
        }
        ref var range = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranges, definition, out var exists);
        range = (exists ? range.Start : _all.Count, _all.Count + 1);
        _all.Add(new VariableUse(node, at));
        NeedAnswers = true;
    }

    /// <summary>The uses in one definition, in its order.</summary>
    public ReadOnlySpan<VariableUse> Of(ExecutableDefinitionNode definition) =>
        _ranges.TryGetValue(definition, out var range) ? CollectionsMarshal.AsSpan(_all)[range.Start..range.End] : [];
}
