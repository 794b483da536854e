using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Rules of fragments, and names of types.</content>
internal sealed partial class DocumentWalk
{
    private void CheckTypeName(TypeNode node, bool isTypeSystem)
    {
        if (!Asks(ValidationRules.KnownTypeNames))
        {
            return;
        }
        while (node is not NamedTypeNode)
        {
            node = node is ListTypeNode list ? list.Item : ((NonNullTypeNode)node).Inner;
        }
        var name = ((NamedTypeNode)node).Name.Value;
        if (_schema.FindType(name) is not null || _facts.TypeNames?.Contains(name) == true
            || (isTypeSystem && Introspection.Standard.ContainsKey(name)))
        {
            return;
        }
        var known = _schema.Types.Select(type => type.Name).Concat(_facts.TypeNames ?? []);
        var near = DidYouMean(name, isTypeSystem ? Introspection.Standard.Keys.Concat(known) : known);
        Tell(ValidationRules.KnownTypeNames, $"Unknown type \"{name}\".{near}", node.Location);
    }

    private void CheckCondition(NamedTypeNode node, NamedType? type, FragmentDefinitionNode? fragment)
    {
        if (Asks(ValidationRules.FragmentsOnCompositeTypes) && type is { IsComposite: false })
        {
            var what = fragment is null ? "Fragment" : $"Fragment \"{fragment.Name}\"";
            Tell(
                ValidationRules.FragmentsOnCompositeTypes,
                $"{what} cannot condition on non composite type \"{type}\".",
                node.Location);
        }
    }

    private void CheckFragmentName(FragmentDefinitionNode node)
    {
        if (_facts.Fragments.Count == 0 || !Asks(ValidationRules.UniqueFragmentNames))
        {
            return;
        }
        _fragmentNames ??= new(StringComparer.Ordinal);
        if (!_fragmentNames.TryAdd(node.Name.Value, node.Name))
        {
            Tell(
                ValidationRules.UniqueFragmentNames,
                $"There can be only one fragment named \"{node.Name}\".",
                _fragmentNames[node.Name.Value].Location,
                node.Name.Location);
        }
    }

    private void TellCircle(List<FragmentSpreadNode> circle)
    {
        if (!Asks(ValidationRules.NoFragmentCycles))
        {
            return;
        }
        var via = string.Join(", ", circle.SkipLast(1).Select(spread => $"\"{spread.Name}\""));
        Tell(
            ValidationRules.NoFragmentCycles,
            $"Cannot spread fragment \"{circle[^1].Name}\" within itself{(via.Length > 0 ? $" via {via}." : ".")}",
            [.. circle.Select(spread => spread.Location)]);
    }

    private void CheckUnusedFragments()
    {
        if (_facts.Fragments.Count == 0 || !Asks(ValidationRules.NoUnusedFragments))
        {
            return;
        }
        var used = _document.Definitions.OfType<OperationDefinitionNode>()
            .SelectMany(operation => _graph.ReachableFrom(operation))
            .Select(fragment => fragment.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in _document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (!used.Contains(fragment.Name.Value))
            {
                Tell(
                    ValidationRules.NoUnusedFragments,
                    $"Fragment \"{fragment.Name}\" is never used.",
                    fragment.Location);
            }
        }
    }

    private void VisitInlineFragment(InlineFragmentNode node, NamedType? parent, FieldDefinition? field, int scope)
    {
        var type = node.TypeCondition is { } condition ? _schema.FindType(condition.Name.Value) : parent;
        if (node.TypeCondition is { } named)
        {
            CheckCondition(named, type, null);
        }
        type = type is { IsComposite: true } ? type : null;
        if (Asks(ValidationRules.PossibleFragmentSpreads) && type is not null && parent is not null && !Overlap(type, parent))
        {
            Tell(
                ValidationRules.PossibleFragmentSpreads,
                $"Fragment cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".",
                node.Location);
        }
        CheckUniqueDirectives(node.Directives);
        if (node.TypeCondition is { } reference)
        {
            CheckTypeName(reference, isTypeSystem: false);
        }
        VisitDirectives(node.Directives, "INLINE_FRAGMENT", field);
        VisitSelections(node.SelectionSet, type, field, scope);
    }

    private void VisitSpread(FragmentSpreadNode node, NamedType? parent, FieldDefinition? field, int scope)
    {
        var fragment = _facts.FindFragment(node.Name.Value);
        if (fragment is null)
        {
            if (Asks(ValidationRules.KnownFragmentNames))
            {
                Tell(ValidationRules.KnownFragmentNames, $"Unknown fragment \"{node.Name}\".", node.Name.Location);
            }
        }
        else if (Asks(ValidationRules.PossibleFragmentSpreads) && parent is not null
            && _schema.FindType(fragment.TypeCondition.Name.Value) is { IsComposite: true } type && !Overlap(type, parent))
        {
            Tell(
                ValidationRules.PossibleFragmentSpreads,
                $"Fragment \"{node.Name}\" cannot be spread here as objects of type \"{parent}\" can never be of type " +
                $"\"{type}\".",
                node.Location);
        }
        CheckUniqueDirectives(node.Directives);
        VisitDirectives(node.Directives, "FRAGMENT_SPREAD", field);
        _later.AddSpread(scope, node.Name.Value);
    }

    // As Schema.Overlap, without making a set of one.
    private static bool Overlap(NamedType one, NamedType other) => one == other || (one, other) switch
    {
        (ObjectType, ObjectType) => false,
        (ObjectType, _) => Schema.IsPossible(other, one),
        (_, ObjectType) => Schema.IsPossible(one, other),
        _ => Schema.Overlap(one, other),
    };
}
