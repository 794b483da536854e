using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <content>Definitions and extensions of a type system.</content>
internal sealed partial class DocumentWriter
{
    private void WriteTypeSystem(Node node)
    {
        switch (node)
        {
            case SchemaDefinitionNode n:
                AddDescription(n.Description);
                WriteSchema("schema", n.Directives, n.OperationTypes);
                break;
            case SchemaExtensionNode n:
                WriteSchema("extend schema", n.Directives, n.OperationTypes);
                break;
            case OperationTypeDefinitionNode n:
                Add(Word(n.Operation)).Add(": ").Write(n.Type);
                break;
            case DirectiveDefinitionNode n:
                AddDescription(n.Description);
                Add("directive @").Add(n.Name.Value).WriteArgumentDefinitions(n.Arguments);
                Add(n.IsRepeatable ? " repeatable on " : " on ").Add(string.Join(" | ", n.Locations));
                break;
            case FieldDefinitionNode n:
                AddDescription(n.Description);
                Add(n.Name.Value).WriteArgumentDefinitions(n.Arguments);
                WriteTypeAndDefault(n.Type, null, n.Directives);
                break;
            case InputValueDefinitionNode n:
                AddDescription(n.Description);
                Add(n.Name.Value).WriteTypeAndDefault(n.Type, n.DefaultValue, n.Directives);
                break;
            case EnumValueDefinitionNode n:
                AddDescription(n.Description);
                Add(n.Name.Value).AddDirectives(n.Directives);
                break;
            case TypeDefinitionNode n:
                AddDescription(n.Description);
                WriteDefinition(n);
                break;
            case TypeExtensionNode n:
                Add("extend ").WriteExtension(n);
                break;
            default:
                throw new ArgumentException($"{node.GetType().Name} is no part of the language.", nameof(node));
        }
    }

    private void WriteDefinition(TypeDefinitionNode node)
    {
        switch (node)
        {
            case ScalarTypeDefinitionNode n:
                WriteHead("scalar", n.Name, [], n.Directives);
                break;
            case ObjectTypeDefinitionNode n:
                WriteHead("type", n.Name, n.Interfaces, n.Directives).AddBraces(n.Fields);
                break;
            case InterfaceTypeDefinitionNode n:
                WriteHead("interface", n.Name, n.Interfaces, n.Directives).AddBraces(n.Fields);
                break;
            case UnionTypeDefinitionNode n:
                WriteHead("union", n.Name, [], n.Directives).WriteMembers(n.Types);
                break;
            case EnumTypeDefinitionNode n:
                WriteHead("enum", n.Name, [], n.Directives).AddBraces(n.Values);
                break;
            case InputObjectTypeDefinitionNode n:
                WriteHead("input", n.Name, [], n.Directives).AddBraces(n.Fields);
                break;
        }
    }

    private void WriteExtension(TypeExtensionNode node)
    {
        switch (node)
        {
            case ScalarTypeExtensionNode n:
                WriteHead("scalar", n.Name, [], n.Directives);
                break;
            case ObjectTypeExtensionNode n:
                WriteHead("type", n.Name, n.Interfaces, n.Directives).AddBraces(n.Fields);
                break;
            case InterfaceTypeExtensionNode n:
                WriteHead("interface", n.Name, n.Interfaces, n.Directives).AddBraces(n.Fields);
                break;
            case UnionTypeExtensionNode n:
                WriteHead("union", n.Name, [], n.Directives).WriteMembers(n.Types);
                break;
            case EnumTypeExtensionNode n:
                WriteHead("enum", n.Name, [], n.Directives).AddBraces(n.Values);
                break;
            case InputObjectTypeExtensionNode n:
                WriteHead("input", n.Name, [], n.Directives).AddBraces(n.Fields);
                break;
        }
    }

    private void WriteSchema(
        string words, ImmutableArray<DirectiveNode> directives, ImmutableArray<OperationTypeDefinitionNode> operations)
    {
        Add(words).AddDirectives(directives);
        AddBraces(operations);
    }

    private DocumentWriter WriteHead(
        string word, NameNode name, ImmutableArray<NamedTypeNode> interfaces, ImmutableArray<DirectiveNode> directives)
    {
        Add(word).Add(" ").Add(name.Value);
        if (!interfaces.IsEmpty)
        {
            Add(" implements ").AddEach(interfaces, " & ");
        }
        AddDirectives(directives);
        return this;
    }

    private void WriteMembers(ImmutableArray<NamedTypeNode> types)
    {
        if (!types.IsEmpty)
        {
            Add(" = ").AddEach(types, " | ");
        }
    }

    private void WriteArgumentDefinitions(ImmutableArray<InputValueDefinitionNode> arguments)
    {
        if (arguments.Any(SpansLines))
        {
            AddBlock("(", arguments, ")");
        }
        else
        {
            AddInParentheses(arguments);
        }
    }
}
