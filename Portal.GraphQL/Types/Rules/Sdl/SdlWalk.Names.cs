using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Names that are defined twice.</content>
internal sealed partial class SdlWalk
{
    private readonly Dictionary<OperationKind, OperationTypeDefinitionNode> _operations = [];
    private readonly Dictionary<string, Location> _typeNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Location> _directiveNames = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Name), Location> _values = [];
    private readonly Dictionary<(string Type, string Name), Location> _fields = [];
    private bool _hasSchema;

    private void CheckLoneSchema(SchemaDefinitionNode node)
    {
        if (_hasSchema)
        {
            Tell("Must provide only one schema definition.", node.Location);
        }
        _hasSchema = true;
    }

    private void CheckOperationTypes(ImmutableArray<OperationTypeDefinitionNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (!_operations.TryAdd(node.Operation, node))
            {
                var kind = node.Operation.ToString().ToLowerInvariant();
                Tell($"There can be only one {kind} type in schema.", _operations[node.Operation].Location, node.Location);
            }
        }
    }

    private void CheckTypeName(TypeDefinitionNode node)
    {
        if (!_typeNames.TryAdd(node.Name.Value, node.Name.Location))
        {
            Tell($"There can be only one type named \"{node.Name}\".", _typeNames[node.Name.Value], node.Name.Location);
        }
    }

    private void CheckDirectiveName(DirectiveDefinitionNode node)
    {
        if (!_directiveNames.TryAdd(node.Name.Value, node.Name.Location))
        {
            Tell(
                $"There can be only one directive named \"@{node.Name}\".",
                _directiveNames[node.Name.Value],
                node.Name.Location);
        }
    }

    private void CheckEnumValues(string type, ImmutableArray<EnumValueDefinitionNode> values)
    {
        foreach (var name in values.Select(value => value.Name))
        {
            if (!_values.TryAdd((type, name.Value), name.Location))
            {
                Tell($"Enum value \"{type}.{name}\" can only be defined once.", _values[(type, name.Value)], name.Location);
            }
        }
    }

    private void CheckFieldNames(string type, IEnumerable<NameNode> names)
    {
        foreach (var name in names)
        {
            if (!_fields.TryAdd((type, name.Value), name.Location))
            {
                Tell($"Field \"{type}.{name}\" can only be defined once.", _fields[(type, name.Value)], name.Location);
            }
        }
    }

    private void CheckArguments(string owner, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        foreach (var same in arguments.GroupBy(argument => argument.Name.Value).Where(same => same.Skip(1).Any()))
        {
            Tell(
                $"Argument \"{owner}({same.Key}:)\" can only be defined once.",
                [.. same.Select(argument => argument.Name.Location)]);
        }
    }

    private void CheckArgumentsAreUnique(ImmutableArray<ArgumentNode> arguments)
    {
        foreach (var same in arguments.GroupBy(argument => argument.Name.Value).Where(same => same.Skip(1).Any()))
        {
            Tell(
                $"There can be only one argument named \"{same.Key}\".", [.. same.Select(argument => argument.Name.Location)]);
        }
    }
}
