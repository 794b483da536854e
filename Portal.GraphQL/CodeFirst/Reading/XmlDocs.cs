using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portal.GraphQL.CodeFirst;

/// <summary>What doc comments say, from the file that the compiler puts beside an assembly. Section 3.1.</summary>
internal sealed partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocs> Known = new();

    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    private XmlDocs(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (string.IsNullOrEmpty(assembly.Location) || !File.Exists(file))
        {
            return;
        }
        foreach (var member in XDocument.Load(file).Descendants("member"))
        {
            // Of a method without its parameters: fields have no overloads.
            var name = ((string?)member.Attribute("name") ?? "").Split('(')[0];
            _members.TryAdd(name, member);
        }
    }

    public static string? Of(Type type) => Summary(Find(type));

    public static string? Of(MethodInfo method) => Summary(Find(method));

    public static string? Of(FieldInfo field) =>
        Summary(In(field.DeclaringType!).GetValueOrDefault($"F:{Name(field.DeclaringType!)}.{field.Name}"));

    // A property of a record is described as a parameter of the record.
    public static string? Of(PropertyInfo property)
    {
        var owner = property.DeclaringType!;
        return Summary(In(owner).GetValueOrDefault($"P:{Name(owner)}.{property.Name}")) ?? Parameter(Find(owner), property.Name);
    }

    public static string? Of(ParameterInfo parameter) => parameter.Member switch
    {
        MethodInfo method => Parameter(Find(method), parameter.Name!),
        ConstructorInfo { DeclaringType: { } owner } => Parameter(Find(owner), parameter.Name!)
            ?? Parameter(In(owner).GetValueOrDefault($"M:{Name(owner)}.#ctor"), parameter.Name!),
        _ => null,
    };

    private static XElement? Find(Type type) => In(type).GetValueOrDefault($"T:{Name(type)}");

    private static XElement? Find(MethodInfo method) =>
        In(method.DeclaringType!).GetValueOrDefault($"M:{Name(method.DeclaringType!)}.{method.Name}");

    private static Dictionary<string, XElement> In(Type type) =>
        Known.GetOrAdd(type.Assembly, assembly => new XmlDocs(assembly))._members;

    private static string Name(Type type)
    {
        var whole = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return (whole.FullName ?? whole.Name).Replace('+', '.');
    }

    private static string? Summary(XElement? member) => Text(member?.Element("summary"));

    private static string? Parameter(XElement? member, string name) =>
        Text(member?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }
        var text = string.Concat(element.Nodes().Select(Text));
        text = Blanks().Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference when reference.IsEmpty =>
            "`" + Last((string?)reference.FirstAttribute ?? "") + "`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } paragraph => $" {string.Concat(paragraph.Nodes().Select(Text))} ",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    private static string Last(string reference) => reference.Split('(')[0].Split('.', ':')[^1].Split('`')[0];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
