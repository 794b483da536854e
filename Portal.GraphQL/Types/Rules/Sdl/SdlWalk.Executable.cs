using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Values, and definitions that do not belong into a type system but are looked at all the same.</content>
internal sealed partial class SdlWalk
{
    private void VisitValue(ValueNode? value)
    {
        switch (value)
        {
            case ListValueNode list:
                foreach (var item in list.Items)
                {
                    VisitValue(item);
                }
                break;
            case ObjectValueNode map:
                var names = new Dictionary<string, Location>(StringComparer.Ordinal);
                foreach (var field in map.Fields)
                {
                    if (!names.TryAdd(field.Name.Value, field.Name.Location))
                    {
                        Tell(
                            $"There can be only one input field named \"{field.Name}\".",
                            names[field.Name.Value],
                            field.Name.Location);
                    }
                    VisitValue(field.Value);
                }
                break;
        }
    }

    private void VisitExecutable(DefinitionNode definition)
    {
        switch (definition)
        {
            case OperationDefinitionNode n:
                CheckUniqueDirectives(n.Directives);
                foreach (var variable in n.VariableDefinitions)
                {
                    CheckUniqueDirectives(variable.Directives);
                    VisitTypeReference(variable.Type, isTypeSystem: false);
                    VisitValue(variable.DefaultValue);
                    VisitEachDirective(variable.Directives, "VARIABLE_DEFINITION");
                }
                VisitEachDirective(n.Directives, n.Operation.ToString().ToUpperInvariant());
                VisitSelections(n.SelectionSet);
                break;
            case FragmentDefinitionNode n:
                CheckUniqueDirectives(n.Directives);
                CheckTypeIsKnown(n.TypeCondition, isTypeSystem: false);
                VisitEachDirective(n.Directives, "FRAGMENT_DEFINITION");
                VisitSelections(n.SelectionSet);
                break;
        }
    }

    private void VisitSelections(SelectionSetNode? set)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            CheckUniqueDirectives(selection.Directives);
            switch (selection)
            {
                case FieldNode n:
                    CheckArgumentsAreUnique(n.Arguments);
                    foreach (var argument in n.Arguments)
                    {
                        VisitValue(argument.Value);
                    }
                    VisitEachDirective(n.Directives, "FIELD");
                    VisitSelections(n.SelectionSet);
                    break;
                case InlineFragmentNode n:
                    if (n.TypeCondition is { } condition)
                    {
                        CheckTypeIsKnown(condition, isTypeSystem: false);
                    }
                    VisitEachDirective(n.Directives, "INLINE_FRAGMENT");
                    VisitSelections(n.SelectionSet);
                    break;
                default:
                    VisitEachDirective(selection.Directives, "FRAGMENT_SPREAD");
                    break;
            }
        }
    }
}
