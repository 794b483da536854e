using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Types and their members.</content>
internal sealed partial class SchemaCheck
{
    public void CheckTypes()
    {
        foreach (var type in schema.Types)
        {
            if (!type.IsIntrospection)
            {
                CheckName(type.Name, type.Node?.Location);
            }
            switch (type)
            {
                case FieldedType t:
                    CheckFields(t);
                    CheckInterfaces(t);
                    break;
                case UnionType t:
                    CheckMembers(t);
                    break;
                case EnumType t:
                    CheckValues(t);
                    break;
                case InputObjectType t:
                    CheckInputFields(t);
                    CheckCircles(t);
                    break;
            }
        }
    }

    private static IEnumerable<Location?> Places(NamedType type) =>
        type.Extensions.Select(extension => (Location?)extension.Location).Prepend(type.Node?.Location);

    private void CheckFields(FieldedType type)
    {
        if (type.Fields.IsEmpty)
        {
            Tell($"Type {type} must define one or more fields.", Places(type));
        }
        foreach (var field in type.Fields)
        {
            var of = $"{type}.{field.Name}";
            CheckName(field.Name, field.Node?.Location);
            if (!field.Type.IsOutput)
            {
                Tell($"The type of {of} must be Output Type but got: {field.Type}.", field.Node?.Type.Location);
            }
            foreach (var argument in field.Arguments)
            {
                CheckName(argument.Name, argument.Node.Location);
                if (!argument.Type.IsInput)
                {
                    Tell(
                        $"The type of {of}({argument.Name}:) must be Input Type but got: {argument.Type}.",
                        argument.Node.Type.Location);
                }
                CheckDeprecation(argument, $"argument {of}({argument.Name}:)");
            }
        }
    }

    private void CheckMembers(UnionType type)
    {
        if (type.Members.IsEmpty)
        {
            Tell($"Union type {type} must define one or more member types.", Places(type));
        }
        var seen = new HashSet<NamedType>();
        foreach (var member in type.Members)
        {
            if (!seen.Add(member))
            {
                Tell($"Union type {type} can only include type {member} once.", MemberPlaces(type, member));
            }
            else if (member is not ObjectType)
            {
                Tell($"Union type {type} can only include Object types, it cannot include {member}.", MemberPlaces(type, member));
            }
        }
    }

    private static IEnumerable<Location?> MemberPlaces(UnionType type, NamedType member) =>
        type.Extensions.Prepend<Node?>(type.Node).OfType<Node>().SelectMany(node => TypeParts.Of(node).Members)
            .Where(node => node.Name.Value == member.Name)
            .Select(node => (Location?)node.Location);

    private void CheckValues(EnumType type)
    {
        if (type.Values.IsEmpty)
        {
            Tell($"Enum type {type} must define one or more values.", Places(type));
        }
        foreach (var value in type.Values)
        {
            CheckName(value.Name, value.Node.Location);
        }
    }

    private void CheckInputFields(InputObjectType type)
    {
        if (type.Fields.IsEmpty)
        {
            Tell($"Input Object type {type} must define one or more fields.", Places(type));
        }
        foreach (var field in type.Fields)
        {
            CheckName(field.Name, field.Node.Location);
            if (!field.Type.IsInput)
            {
                Tell($"The type of {type}.{field.Name} must be Input Type but got: {field.Type}.", field.Node.Type.Location);
            }
            CheckDeprecation(field, $"input field {type}.{field.Name}");
            if (type.IsOneOf && field.Type.IsNonNull)
            {
                Tell($"OneOf input field {type}.{field.Name} must be nullable.", field.Node.Type.Location);
            }
            if (type.IsOneOf && field.HasDefault)
            {
                Tell($"OneOf input field {type}.{field.Name} cannot have a default value.", field.Node.Location);
            }
        }
    }
}
