using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Finds the first secret in the text of a document that was read but not validated: a value for one of
/// <see cref="SecretInputs"/>, or the default of a variable that is given to one.
/// </summary>
internal sealed class SecretWalk(Schema schema, DocumentNode document)
{
    // A fragment may belong to any of the operations, so a name stands for the variables of all of them.
    private readonly HashSet<string> _withDefault =
    [
        .. document.Definitions.OfType<OperationDefinitionNode>().SelectMany(operation => operation.VariableDefinitions)
            .Where(variable => variable.DefaultValue is not (null or NullValueNode))
            .Select(variable => variable.Variable.Name.Value),
    ];

    private GraphQLError? _refusal;

    public GraphQLError? Run()
    {
        foreach (var definition in document.Definitions)
        {
            switch (definition)
            {
                case OperationDefinitionNode operation:
                    foreach (var variable in operation.VariableDefinitions)
                    {
                        Visit(variable.DefaultValue, TypeOf(variable.Type), secret: null);
                    }
                    Visit(operation.SelectionSet, schema.RootOf(operation.Operation));
                    break;
                case FragmentDefinitionNode fragment:
                    Visit(fragment.SelectionSet, schema.FindType(fragment.TypeCondition.Name.Value));
                    break;
            }
        }
        return _refusal;
    }

    private void Visit(SelectionSetNode? set, NamedType? parent)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            switch (selection)
            {
                case FieldNode node:
                    var field = parent is null ? null : schema.FindField(parent, node.Name.Value);
                    foreach (var argument in node.Arguments)
                    {
                        Visit(argument.Value, field?.FindArgument(argument.Name.Value));
                    }
                    Visit(node.SelectionSet, field?.Type.Named);
                    break;
                case InlineFragmentNode inline:
                    Visit(inline.SelectionSet, inline.TypeCondition is { } wanted ? schema.FindType(wanted.Name.Value) : parent);
                    break;
            }
        }
    }

    // What is inside a secret is secret.
    private void Visit(ValueNode? value, InputElement? input, InputElement? around = null) =>
        Visit(value, input?.Type.Named, input is not null && SecretInputs.Takes(input) ? input : around);

    private void Visit(ValueNode? value, NamedType? type, InputElement? secret)
    {
        switch (value)
        {
            case null or NullValueNode:
            case VariableNode variable when secret is null || !_withDefault.Contains(variable.Name.Value):
                break;
            case ListValueNode list:
                foreach (var item in list.Items)
                {
                    Visit(item, type, secret);
                }
                break;
            case ObjectValueNode map:
                foreach (var field in map.Fields)
                {
                    Visit(field.Value, (type as InputObjectType)?.FindField(field.Name.Value), secret);
                }
                break;
            default:
                _refusal ??= secret is null ? null : GraphQLError.Of(
                    ErrorCodes.SecretInDocument,
                    $"\"{secret.Name}\" takes a secret: send it as a variable without a default value, not in the document.",
                    value.Location);
                break;
        }
    }

    private NamedType? TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => TypeOf(list.Item),
        NonNullTypeNode nonNull => TypeOf(nonNull.Inner),
        _ => schema.FindType(((NamedTypeNode)node).Name.Value),
    };
}
