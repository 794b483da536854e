using System.Collections.Immutable;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Benchmarks.Fuzz;

/// <summary>The animals of the corpus, with resolvers that do by chance what resolvers do: they answer at once or later, with
/// nothing, with what does not fit, or fail. Chance is the request's caller: the same seed gives the same answers.</summary>
public static class FuzzedSchema
{
    private const string OddText = "a \"quoted\" \\ text\n\u0001 \u00FC \U0001F600 \uD83D";

    /// <summary>Makes it.</summary>
    public static Schema Create()
    {
        var builder = new SchemaBuilder().Add(ExampleSchemas.Pets);
        var types = Schema.FromSdl(ExampleSchemas.Pets).Types;
        foreach (var type in types.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            if (type is InterfaceType or UnionType)
                builder.ResolveType(type.Name, (value, schema) => schema.FindType((string)value) as ObjectType);
            foreach (var field in (type as ObjectType)?.Fields ?? [])
            {
                builder.Resolve(type.Name, field.Name, Answer);
                if (type.Name == "Subscription") builder.Subscribe(type.Name, field.Name, Events);
            }
        }
        return builder.Build();
    }

    private static ValueTask<object?> Answer(ResolverContext context)
    {
        var random = (Random)context.Request.Caller!;
        var value = ValueOf(context.Field.Type, context.Schema, random);
        return random.Next(32) switch
        {
            0 => throw new InvalidOperationException(OddText),
            1 => new((object?)null),
            2 => new(new InvalidOperationException("A value that is a fault.")),
            3 => new(new object()),
            4 or 5 => LaterAsync(value),
            6 => FailLaterAsync(),
            _ => new(value),
        };
    }

    // An object is known by the name of its type.
    private static object? ValueOf(GraphType type, Schema schema, Random random) => type.Nullable switch
    {
        ListType list => Enumerable.Range(0, random.Next(4)).Select(_ => ValueOf(list.Item, schema, random)).ToArray(),
        ObjectType single => single.Name,
        InterfaceType or UnionType => Pick(Schema.PossibleTypesOf((NamedType)type.Nullable).Objects, random).Name,
        NamedType { Name: "Boolean" } => random.Next(2) == 0,
        NamedType { Name: "Int" } => random.Next(),
        NamedType { Name: "Float" } => random.NextDouble() * Math.Pow(10, random.Next(-20, 20)),
        _ => random.Next(2) == 0 ? OddText : "text",
    };

    private static ObjectType Pick(ImmutableArray<ObjectType> objects, Random random) => objects[random.Next(objects.Length)];

    private static async ValueTask<object?> LaterAsync(object? value)
    {
        await Task.Yield();
        return value;
    }

    private static async ValueTask<object?> FailLaterAsync()
    {
        await Task.Yield();
        throw new GraphQLException(OddText, "LATE");
    }

    private static ValueTask<IAsyncEnumerable<object?>> Events(ResolverContext context) =>
        ((Random)context.Request.Caller!).Next(8) == 0
            ? throw new InvalidOperationException("No source.")
            : new(EventsAsync());

    private static async IAsyncEnumerable<object?> EventsAsync()
    {
        yield return "first";
        await Task.Yield();
        yield return "second";
    }
}
