using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Selections and fields.</content>
internal sealed partial class DocumentWalk
{
    private IntrospectionDepth? _introspection;
    private bool _isTooDeep;

    // Above: the field around the selection, if there is one.
    private void VisitSelections(SelectionSetNode set, NamedType? parent, FieldDefinition? above, int scope)
    {
        _later.AddSelections(set, parent, scope, _log.Count);
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    VisitField(field, parent, scope);
                    break;
                case FragmentSpreadNode spread:
                    VisitSpread(spread, parent, above, scope);
                    break;
                case InlineFragmentNode fragment:
                    VisitInlineFragment(fragment, parent, above, scope);
                    break;
            }
        }
    }

    private void VisitField(FieldNode node, NamedType? parent, int scope)
    {
        var field = parent is null ? null : _schema.FindField(parent, node.Name.Value);
        if (field is not null)
        {
            CheckLeaf(node, field.Type);
        }
        else if (parent is not null && Asks(ValidationRules.FieldsOnCorrectType))
        {
            var near = _options.Suggestions ? FieldSuggestions.For(parent, node.Name.Value) : "";
            Tell(
                ValidationRules.FieldsOnCorrectType,
                $"Cannot query field \"{node.Name}\" on type \"{parent}\".{near}",
                node.Location);
        }
        CheckUniqueDirectives(node.Directives);
        CheckArgumentNames(node.Arguments);
        var wasTooDeep = _isTooDeep;
        CheckIntrospection(node);
        foreach (var argument in node.Arguments)
        {
            var definition = field?.FindArgument(argument.Name.Value);
            if (definition is null && field is not null && Asks(ValidationRules.KnownArgumentNames))
            {
                var near = DidYouMean(argument.Name.Value, field.Arguments.Select(known => known.Name));
                Tell(
                    ValidationRules.KnownArgumentNames,
                    $"Unknown argument \"{argument.Name}\" on field \"{parent}.{field.Name}\".{near}",
                    argument.Location);
            }
            VisitArgument(argument, definition);
        }
        VisitDirectives(node.Directives, "FIELD", field);
        var inner = node.SelectionSet is null ? -1 : _later.OpenScope();
        _later.AddField(scope, node, parent, field, inner);
        if (node.SelectionSet is { } set)
        {
            var type = field?.Type.Named;
            VisitSelections(set, type is { IsComposite: true } ? type : null, field, inner);
        }
        CheckRequiredArguments(node, field);
        _isTooDeep = wasTooDeep;
    }

    private void CheckLeaf(FieldNode node, GraphType type)
    {
        if (!Asks(ValidationRules.ScalarLeafs) || type.Named.IsLeaf == node.SelectionSet is null)
        {
            return;
        }
        if (node.SelectionSet is { } set)
        {
            Tell(
                ValidationRules.ScalarLeafs,
                $"Field \"{node.Name}\" must not have a selection since type \"{type}\" has no subfields.",
                set.Location);
        }
        else
        {
            Tell(
                ValidationRules.ScalarLeafs,
                $"Field \"{node.Name}\" of type \"{type}\" must have a selection of subfields. Did you mean " +
                $"\"{node.Name} {{ ... }}\"?",
                node.Location);
        }
    }

    private void CheckIntrospection(FieldNode node)
    {
        if (node.Name.Value is not ("__schema" or "__type") || _isTooDeep || !Asks(ValidationRules.MaxIntrospectionDepth))
        {
            return;
        }
        _introspection ??= new IntrospectionDepth(_facts);
        if (_introspection.IsExceededBy(node))
        {
            Tell(ValidationRules.MaxIntrospectionDepth, "Maximum introspection depth exceeded", node.Location);
            // It is said once, not of what stands inside as well.
            _isTooDeep = true;
        }
    }

    private void CheckRequiredArguments(FieldNode node, FieldDefinition? field)
    {
        if (field is null || field.Arguments.IsEmpty || !Asks(ValidationRules.ProvidedRequiredArguments))
        {
            return;
        }
        foreach (var argument in field.Arguments)
        {
            if (argument.IsRequired && !IsGiven(node.Arguments, argument.Name))
            {
                Tell(
                    ValidationRules.ProvidedRequiredArguments,
                    $"Field \"{field.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was " +
                    "not provided.",
                    node.Location);
            }
        }
    }
}
