using System.Text.Json.Nodes;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Makes data for a schema by chance, mostly such as the schema wants: the same seed gives the same data. It is a list of
/// objects; the first is the root, and <c>{"$ref": n}</c> stands for the one of that index, so that no selection is too deep.
/// </summary>
public sealed class DataGenerator(Schema schema, Random random)
{
    /// <summary>What a text says that stands for the arguments of its field, as JSON.</summary>
    public const string Arguments = "$arguments";

    private const int OfEach = 2;

    private readonly List<ObjectType> _objects = [.. schema.Types.OfType<ObjectType>().Where(type => !type.IsIntrospection)];

    /// <summary>The objects.</summary>
    public JsonArray Objects()
    {
        var root = new JsonObject();
        foreach (var type in _objects.Where(type => Enum.GetValues<OperationKind>().Any(kind => schema.RootOf(kind) == type)))
        {
            Fill(root, type);
        }
        var all = new JsonArray(root);
        for (var i = 0; i < _objects.Count * OfEach; i++)
        {
            var made = new JsonObject { ["__typename"] = _objects[i / OfEach].Name };
            Fill(made, _objects[i / OfEach]);
            all.Add(made);
        }
        return all;
    }

    /// <summary>Values for the variables of a document's operations.</summary>
    /// <param name="document">The document.</param>
    public JsonObject Variables(DocumentNode document)
    {
        var values = new JsonObject();
        foreach (var variable in document.Definitions.OfType<OperationDefinitionNode>().SelectMany(o => o.VariableDefinitions))
        {
            if (random.Next(16) > 0 && !values.ContainsKey(variable.Variable.Name.Value))
            {
                values[variable.Variable.Name.Value] = Input(variable.Type, 3);
            }
        }
        return values;
    }

    private void Fill(JsonObject made, ObjectType type)
    {
        foreach (var field in type.Fields.Where(field => !made.ContainsKey(field.Name) && random.Next(30) > 0))
        {
            made[field.Name] = Output(field.Type);
        }
    }

    private JsonNode? Output(GraphType type) => random.Next(40) == 0 ? Odd() : type.Nullable switch
    {
        _ when !type.IsNonNull && random.Next(8) == 0 => null,
        ListType list => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Output(list.Item))]),
        NamedType { IsComposite: true } wide => Reference(wide),
        var leaf => Leaf(leaf, Arguments),
    };

    // Mostly to one that may stand there; an interface may have none.
    private JsonObject? Reference(NamedType type)
    {
        var fitting = _objects.Where(one => random.Next(40) == 0 || Schema.Overlap(type, one)).ToList();
        return fitting.Count == 0 ? null : new JsonObject
        {
            ["$ref"] = 1 + (_objects.IndexOf(fitting[random.Next(fitting.Count)]) * OfEach) + random.Next(OfEach),
        };
    }

    private JsonNode? Input(TypeNode type, int depth) => random.Next(50) == 0 ? Odd() : type switch
    {
        NonNullTypeNode nonNull => Input(nonNull.Inner, depth),
        _ when depth < 0 || random.Next(8) == 0 => null,
        ListTypeNode list when random.Next(4) > 0 =>
            new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Input(list.Item, depth - 1))]),
        ListTypeNode list => Input(list.Item, depth),
        _ => schema.FindType(((NamedTypeNode)type).Name.Value) is InputObjectType map
            ? Map(map, depth)
            : Leaf(schema.FindType(((NamedTypeNode)type).Name.Value)!, "text"),
    };

    private JsonObject Map(InputObjectType type, int depth)
    {
        var map = new JsonObject();
        var rarity = type.IsOneOf ? type.Fields.Length : 3;
        foreach (var field in type.Fields.Where(field => field.IsRequired || random.Next(rarity) == 0))
        {
            map[field.Name] = Input(field.Node.Type, depth - 1);
        }
        if (random.Next(20) == 0)
        {
            map["f99"] = 1;
        }
        return map;
    }

    private JsonNode Leaf(GraphType type, string text) => type switch
    {
        EnumType e => random.Next(20) == 0 ? "NONE" : e.Values[random.Next(e.Values.Length)].Name,
        _ => type.Named.Name switch
        {
            "Int" => random.Next(10) switch { 0 => 2147483648L, 1 => 3.0, 2 => 1.5, _ => random.Next(-9, 99) },
            "Float" => random.Next(5) switch { 0 => 7, 1 => 1e21, 2 => -2.5e-7, _ => random.Next(1000) / 8.0 },
            "Boolean" => random.Next(2) == 0,
            "ID" => random.Next(3) == 0 ? random.Next(100) : "id",
            "String" => random.Next(4) switch { 0 => "a\"\\\n\u00e4\u2028\ud83d\ude00", 1 => "", _ => text },
            _ => Odd(),
        },
    };

    private JsonNode Odd() => random.Next(7) switch
    {
        0 => 7,
        1 => "odd",
        2 => true,
        3 => 0.5,
        4 => new JsonArray(1, "b"),
        5 => "",
        _ => new JsonObject { ["a"] = new JsonArray(), ["b"] = null },
    };
}
