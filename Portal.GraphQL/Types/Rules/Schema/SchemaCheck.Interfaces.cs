using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Whether types are what their interfaces promise: section 3.6.1, <c>IsValidImplementation()</c>.</content>
internal sealed partial class SchemaCheck
{
    private void CheckInterfaces(FieldedType type)
    {
        var seen = new HashSet<NamedType>();
        foreach (var declared in type.Interfaces)
        {
            if (declared is not InterfaceType wide)
            {
                Tell(
                    $"Type {type} must only implement Interface types, it cannot implement {declared}.",
                    ImplementsPlaces(type, declared));
            }
            else if (type == wide)
            {
                Tell(
                    $"Type {type} cannot implement itself because it would create a circular reference.",
                    ImplementsPlaces(type, wide));
            }
            else if (!seen.Add(wide))
            {
                Tell($"Type {type} can only implement {wide} once.", ImplementsPlaces(type, wide));
            }
            else
            {
                CheckAncestors(type, wide);
                CheckImplementation(type, wide);
            }
        }
    }

    private void CheckAncestors(FieldedType type, InterfaceType wide)
    {
        foreach (var further in wide.Interfaces.Where(further => !type.Interfaces.Contains(further)))
        {
            Tell(
                further == type
                    ? $"Type {type} cannot implement {wide} because it would create a circular reference."
                    : $"Type {type} must implement {further} because it is implemented by {wide}.",
                ImplementsPlaces(wide, further).Concat(ImplementsPlaces(type, wide)));
        }
    }

    private void CheckImplementation(FieldedType type, InterfaceType wide)
    {
        foreach (var promised in wide.Fields)
        {
            if (type.FindField(promised.Name) is not { } field)
            {
                Tell(
                    $"Interface field {wide}.{promised.Name} expected but {type} does not provide it.",
                    Places(type).Prepend(promised.Node?.Location));
                continue;
            }
            if (!Schema.IsSubtype(field.Type, promised.Type))
            {
                Tell(
                    $"Interface field {wide}.{promised.Name} expects type {promised.Type} but {type}.{field.Name} " +
                    $"is type {field.Type}.",
                    promised.Node?.Type.Location,
                    field.Node?.Type.Location);
            }
            CheckArguments(type, field, wide, promised);
        }
    }

    private void CheckArguments(FieldedType type, FieldDefinition field, InterfaceType wide, FieldDefinition promised)
    {
        foreach (var expected in promised.Arguments)
        {
            var name = $"{wide}.{field.Name}({expected.Name}:)";
            if (field.FindArgument(expected.Name) is not { } argument)
            {
                Tell(
                    $"Interface field argument {name} expected but {type}.{field.Name} does not provide it.",
                    expected.Node.Location,
                    field.Node?.Location);
            }
            else if (argument.Type != expected.Type)
            {
                Tell(
                    $"Interface field argument {name} expects type {expected.Type} but " +
                    $"{type}.{field.Name}({expected.Name}:) is type {argument.Type}.",
                    expected.Node.Type.Location,
                    argument.Node.Type.Location);
            }
        }
        foreach (var argument in field.Arguments)
        {
            if (argument.IsRequired && promised.FindArgument(argument.Name) is null)
            {
                Tell(
                    $"Object field {type}.{field.Name} includes required argument {argument.Name} that is missing from the " +
                    $"Interface field {wide}.{field.Name}.",
                    argument.Node.Location,
                    promised.Node?.Location);
            }
        }
    }

    private static IEnumerable<Location?> ImplementsPlaces(FieldedType type, NamedType wide) =>
        type.Extensions.Prepend<Node?>(type.Node).OfType<Node>().SelectMany(node => TypeParts.Of(node).Interfaces)
            .Where(node => node.Name.Value == wide.Name)
            .Select(node => (Location?)node.Location);
}
