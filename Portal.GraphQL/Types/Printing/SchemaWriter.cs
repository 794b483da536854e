using System.Text;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Writes definitions. This part has a method for each kind of type.</summary>
internal readonly partial struct SchemaWriter(StringBuilder text, bool sorted)
{
    public IEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, string> name)
    {
        var comparer = Comparer<string>.Create(NaturalOrder.Compare);
        return sorted ? items.OrderBy(name, comparer) : items;
    }

    public void WriteRoots(Schema schema)
    {
        var kinds = Enum.GetValues<OperationKind>();
        var roots = kinds.Select(kind => (Kind: kind, Root: schema.DeclaredRoot(kind)?.Name))
            .Where(item => item.Root is not null);
        if (schema.Description is null && roots.All(item => item.Root == item.Kind.ToString()))
        {
            return;
        }
        WriteDescription(schema.Description);
        text.Append("schema {\n");
        foreach (var (kind, root) in roots)
        {
            text.Append("  ").Append(kind.ToString().ToLowerInvariant()).Append(": ").Append(root).Append('\n');
        }
        text.Append('}');
    }

    public void Write(DirectiveDefinition directive)
    {
        WriteDescription(directive.Description);
        text.Append("directive @").Append(directive.Name);
        WriteArguments(directive.Arguments, "");
        text.Append(directive.IsRepeatable ? " repeatable on " : " on ");
        text.AppendJoin(" | ", InOrder(directive.Locations, location => location));
    }

    public void Write(NamedType type)
    {
        WriteDescription(type.Description);
        switch (type)
        {
            case ScalarType t:
                text.Append("scalar ").Append(t);
                if (t.SpecifiedByUrl is { } url)
                {
                    text.Append(" @specifiedBy(url: ").Append(Printer.Print(new StringValueNode(url))).Append(')');
                }
                break;
            case FieldedType t:
                text.Append(t is ObjectType ? "type " : "interface ").Append(t);
                WriteNames(" implements ", InOrder(t.Interfaces, i => i.Name), " & ");
                WriteBlock(InOrder(t.Fields, field => field.Name));
                break;
            case UnionType t:
                text.Append("union ").Append(t);
                WriteNames(" = ", InOrder(t.Members, member => member.Name), " | ");
                break;
            case EnumType t:
                text.Append("enum ").Append(t);
                WriteBlock(InOrder(t.Values, value => value.Name));
                break;
            case InputObjectType t:
                text.Append("input ").Append(t).Append(t.IsOneOf ? " @oneOf" : "");
                WriteBlock(InOrder(t.Fields, field => field.Name));
                break;
        }
    }

    private void WriteNames(string head, IEnumerable<NamedType> types, string separator)
    {
        if (types.Any())
        {
            text.Append(head).AppendJoin(separator, types);
        }
    }
}
