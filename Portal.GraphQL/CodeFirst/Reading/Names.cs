using System.Reflection;
using System.Text;
using System.Text.Json;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Names of the schema out of names of C#.</summary>
internal static class Names
{
    // GetRunsAsync is runs.
    public static string OfField(MemberInfo member)
    {
        if (member.GetCustomAttribute<NameAttribute>() is { } given)
        {
            return given.Name;
        }
        var name = member.Name;
        if (member is MethodInfo)
        {
            name = name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
            var isGet = name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[3]);
            name = isGet ? name[3..] : name;
        }
        return Camel(name);
    }

    public static string OfArgument(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<NameAttribute>()?.Name ?? Camel(parameter.Name!);

    // NotFound is NOT_FOUND.
    public static string OfEnumValue(FieldInfo value)
    {
        if (value.GetCustomAttribute<NameAttribute>() is { } given)
        {
            return given.Name;
        }
        var text = new StringBuilder();
        for (var i = 0; i < value.Name.Length; i++)
        {
            var c = value.Name[i];
            var begins = i > 0 && char.IsUpper(c)
                && (!char.IsUpper(value.Name[i - 1]) || (i + 1 < value.Name.Length && char.IsLower(value.Name[i + 1])));
            text.Append(begins && value.Name[i - 1] != '_' ? "_" : "").Append(char.ToUpperInvariant(c));
        }
        return text.ToString();
    }

    // Without the sign of an interface and of type parameters.
    public static string OfClass(Type type)
    {
        var name = type.GetCustomAttribute<NameAttribute>()?.Name ?? type.Name.Split('`')[0];
        return type.IsInterface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name[1..] : name;
    }

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public static NamedTypeNode Type(string name) => new(new NameNode(name));

    public static TypeNode NonNull(TypeNode type) => type is NonNullTypeNode ? type : new NonNullTypeNode(type);

    public static StringValueNode? Text(string? description) =>
        string.IsNullOrEmpty(description) ? null : new StringValueNode(description);

    public static DirectiveNode[] Deprecation(ICustomAttributeProvider member)
    {
        var reason = member.GetCustomAttributes(false).Select(attribute => attribute switch
        {
            DeprecatedAttribute deprecated => deprecated.Reason,
            ObsoleteAttribute obsolete => obsolete.Message ?? "No longer supported",
            _ => null,
        }).FirstOrDefault(text => text is not null);
        return reason is null
            ? []
            : [new(new NameNode("deprecated"), [new(new NameNode("reason"), new StringValueNode(reason))])];
    }
}
