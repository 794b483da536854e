using System.Reflection;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <content>Which type of the schema a type of C# is.</content>
internal sealed partial class SchemaDraft
{
    public TypeNode TypeOf(ClrType type, ICustomAttributeProvider member)
    {
        if (member.GetCustomAttributes(typeof(TypeAttribute), true) is [TypeAttribute given, ..])
        {
            var node = Parser.ParseType(given.Type);
            UseScalar(Innermost(node));
            return node;
        }
        return TypeOf(type, member.IsDefined(typeof(IdAttribute), true) ? "ID" : null);
    }

    public TypeNode TypeOf(ClrType type, string? leaf = null)
    {
        var inner = type.Unwrapped;
        var node = inner.Item is { } item ? new ListTypeNode(TypeOf(item, leaf)) as TypeNode
            : Names.Type(leaf ?? NameOf(inner.Bare, type.IsInput));
        return inner.IsNullable || type.IsOptional ? node : Names.NonNull(node);
    }

    public string NameOf(Type type, bool isInput)
    {
        if (_options.Scalars.Find(type) is { } scalar)
        {
            UseScalar(scalar.Name);
            return scalar.Name;
        }
        if (_names.TryGetValue((type, isInput && !type.IsEnum), out var known))
        {
            return known;
        }
        if (type.Namespace == "System" || type.IsPointer || type.IsGenericParameter)
        {
            throw new SchemaException([new SchemaError($"No type of the schema is known for {type}.", [])]);
        }
        return type.IsEnum ? AddEnum(type) : isInput ? AddInput(type) : AddOutput(type);
    }

    private static string Innermost(TypeNode node) => node switch
    {
        ListTypeNode list => Innermost(list.Item),
        NonNullTypeNode nonNull => Innermost(nonNull.Inner),
        _ => ((NamedTypeNode)node).Name.Value,
    };

    private void UseScalar(string name)
    {
        if (_options.Scalars.Find(name) is not { Codec: { } codec } scalar || _others.ContainsKey(name))
        {
            return;
        }
        DirectiveNode[] directives = scalar.SpecifiedBy is { } url
            ? [new(new NameNode("specifiedBy"), [new(new NameNode("url"), new StringValueNode(url))])]
            : [];
        _others[name] = (
            new ScalarTypeDefinitionNode(Names.Text(scalar.Description), new NameNode(name), [.. directives]),
            builder => builder.Scalar(name, codec));
    }

    private string AddEnum(Type type)
    {
        var name = _names[(type, false)] = Names.OfClass(type);
        var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(value => value.GetCustomAttribute<IgnoreAttribute>() is null).ToList();
        _others[name] = (
            new EnumTypeDefinitionNode(
                Names.Text(XmlDocs.Of(type)), new NameNode(name), [], [.. values.Select(value => new EnumValueDefinitionNode(
                    Names.Text(XmlDocs.Of(value)), new NameNode(Names.OfEnumValue(value)), [.. Names.Deprecation(value)]))]),
            builder => values.ForEach(value => builder.EnumValue(name, Names.OfEnumValue(value), value.GetValue(null)!)));
        return name;
    }

    private string AddOutput(Type type)
    {
        if (type.GetCustomAttribute<UnionTypeAttribute>() is { } union)
        {
            var name = _names[(type, false)] = union.Name ?? Names.OfClass(type);
            _others[name] = (new UnionTypeDefinitionNode(
                Names.Text(XmlDocs.Of(type)), new NameNode(name), [], [.. Implementers(type).Select(Names.Type)]), null);
            return name;
        }
        var abstraction = type.GetCustomAttribute<InterfaceTypeAttribute>();
        var extensions = _extensions[type].ToList();
        var ownName = extensions.Select(extension => extension.Name).FirstOrDefault(name => name is not null)
            ?? type.GetCustomAttribute<ObjectTypeAttribute>()?.Name ?? abstraction?.Name
            ?? GenericName(type) ?? Names.OfClass(type);
        _names[(type, false)] = ownName;
        var draft = new TypeDraft(ownName, type, abstraction is not null) { Description = XmlDocs.Of(type) };
        if (!_types.TryAdd(ownName, draft))
        {
            throw new SchemaException([new SchemaError($"Two classes are called \"{ownName}\": {type} is one.", [])]);
        }
        _open.Enqueue(() => Fill(draft, extensions));
        if (abstraction is not null)
        {
            _open.Enqueue(() => _ = Implementers(type).Count);
        }
        return ownName;
    }

    private List<string> Implementers(Type wide) =>
    [
        .. _options.Types.Append(wide).Select(type => type.Assembly).Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => wide.IsAssignableFrom(type) && !type.IsAbstract && type.GetCustomAttribute<IgnoreAttribute>() is null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => NameOf(type, false)),
    ];

    private string? GenericName(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }
        var parts = type.GetGenericArguments().Select(argument => NameOf(argument, false));
        return string.Concat(parts) + Names.OfClass(type);
    }
}
