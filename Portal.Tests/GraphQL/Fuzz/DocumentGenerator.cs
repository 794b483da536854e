using System.Text;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>How far documents keep the rules.</summary>
public enum Manners
{
    /// <summary>Every rule is kept.</summary>
    Good,

    /// <summary>Few keys for many fields: they conflict, or would if they met.</summary>
    Crowded,

    /// <summary>Values, variables and types as it comes.</summary>
    Wild,
}

/// <summary>Makes documents for a schema by chance: the same seed gives the same documents. This part makes selections.</summary>
public sealed partial class DocumentGenerator(Schema schema, Random random, Manners manners)
{
    private readonly List<(string Name, NamedType Type)> _fragments = [];
    private readonly StringBuilder _fragmentTexts = new();
    private readonly List<(string Name, GraphType Type)> _variables = [];
    private int _keys;
    private bool _mayShare;

    /// <summary>A document: an operation, or up to three, and their fragments.</summary>
    public string Generate()
    {
        _fragments.Clear();
        _fragmentTexts.Clear();
        var count = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        // What several operations spread must suit all of them: then there are no variables and no fragments.
        _mayShare = count == 1 || manners != Manners.Good;
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(Operation(i, count)).Append('\n');
        }
        return text.Append(_fragmentTexts).ToString();
    }

    private string Operation(int index, int count)
    {
        _variables.Clear();
        var kind = random.Next(6) switch
        {
            0 when schema.Mutation is not null => OperationKind.Mutation,
            1 when schema.Subscription is not null => OperationKind.Subscription,
            _ => OperationKind.Query,
        };
        var isSingle = kind == OperationKind.Subscription && (manners == Manners.Good || random.Next(2) == 0);
        var selections = Selections(schema.RootOf(kind)!, random.Next(2, 5), isSingle);
        var name = count > 1 || random.Next(2) == 0 ? $" Op{index}" : "";
        var directives = kind == OperationKind.Query ? Directives("QUERY") : "";
        var variables = _variables.Count == 0 ? "" : $"({string.Join(", ", _variables.Select(Definition))})";
        return name + variables + directives == "" && kind == OperationKind.Query
            ? selections
            : $"{kind.ToString().ToLowerInvariant()}{name}{variables}{directives} {selections}";
    }

    private string Selections(NamedType parent, int depth, bool isSingle = false)
    {
        var count = isSingle ? 1 : random.Next(1, 5);
        var text = new StringBuilder("{");
        for (var i = 0; i < count; i++)
        {
            text.Append(' ').Append(Selection(parent, depth, isSingle));
        }
        return text.Append(" }").ToString();
    }

    private string Selection(NamedType parent, int depth, bool isSingle)
    {
        switch (random.Next(10))
        {
            case 0 when !isSingle:
                return $"{Key("__typename", hasArguments: false)}__typename";
            case 1 or 2 when depth > 0 && !isSingle:
                var (type, condition) = Narrow(parent);
                return $"...{condition}{Directives("INLINE_FRAGMENT")} {Selections(type, depth - 1)}";
            case 3 when depth > 0 && _mayShare && !isSingle:
                return $"...{Fragment(parent, depth)}{Directives("FRAGMENT_SPREAD")}";
            default:
                return Field(parent, depth);
        }
    }

    private string Field(NamedType parent, int depth)
    {
        var fields = ((parent as FieldedType)?.Fields ?? []).Where(field => depth > 0 || field.Type.Named.IsLeaf).ToList();
        if (fields.Count == 0)
        {
            return $"{Key("__typename", hasArguments: false)}__typename";
        }
        var field = fields[random.Next(fields.Count)];
        var arguments = Arguments(field.Arguments);
        var inner = field.Type.Named.IsComposite ? " " + Selections(field.Type.Named, depth - 1) : "";
        return $"{Key(field.Name, arguments.Length > 0)}{field.Name}{arguments}{Directives("FIELD")}{inner}";
    }

    // Well-mannered fields with arguments have a key of their own.
    private string Key(string name, bool hasArguments) => manners switch
    {
        Manners.Crowded when random.Next(3) > 0 => $"{(char)('a' + random.Next(3))}: ",
        Manners.Wild when random.Next(8) == 0 => $"{name}: ",
        _ when hasArguments || random.Next(6) == 0 => $"k{_keys++}: ",
        _ => "",
    };

    private (NamedType Type, string Condition) Narrow(NamedType parent)
    {
        if (random.Next(4) == 0)
        {
            return (parent, "");
        }
        var types = schema.Types.Where(type => type is { IsComposite: true, IsIntrospection: false }
            && (Schema.Overlap(parent, type) || (manners == Manners.Wild && random.Next(6) == 0))).ToList();
        var type = types[random.Next(types.Count)];
        return (type, $" on {type.Name}");
    }

    private string Fragment(NamedType parent, int depth)
    {
        var fitting = _fragments.Where(fragment => Schema.Overlap(parent, fragment.Type)).ToList();
        if (fitting.Count > 0 && random.Next(2) == 0)
        {
            return fitting[random.Next(fitting.Count)].Name;
        }
        var (type, _) = Narrow(parent);
        var name = $"F{_fragments.Count}";
        // Only what is whole can be spread, unless circles are wanted.
        var isOpen = manners != Manners.Good && random.Next(20) == 0;
        _fragments.Add((isOpen ? name : "F0", isOpen ? type : schema.FindType("Int")!));
        var index = _fragments.Count - 1;
        var text = $"fragment {name} on {type.Name}{Directives("FRAGMENT_DEFINITION")} {Selections(type, depth - 1)}\n";
        _fragmentTexts.Append(text);
        _fragments[index] = (name, type);
        return name;
    }
}
