using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Execution;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// The result of a request, as JSON without the codes of errors, which the reference has not. Fields are read off the data
/// by their names, as npm/reference.js does.
/// </summary>
public sealed partial class ExecutionText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ExecutorOptions Unlimited = new()
    {
        MaxDepth = int.MaxValue, MaxFields = int.MaxValue, MaxAliases = int.MaxValue, MaxCost = double.MaxValue, TimeLimit = null,
    };

    private readonly Dictionary<string, RequestExecutor> _executors = [];

    /// <summary>The result of a case; nothing in it waits for anything.</summary>
    public string Run(ReferenceCase asked)
    {
        if (!_executors.TryGetValue(asked.Schema!, out var executor))
        {
            _executors[asked.Schema!] = executor = new RequestExecutor(SchemaOf(asked.Schema!), Unlimited);
        }
        var answer = executor.ExecuteAsync(new GraphQLRequest
        {
            Query = asked.Document, OperationName = asked.Operation, Root = Linked(JsonElement.Parse(asked.Data!)),
            Variables = GraphQLRequest.VariablesOf(JsonElement.Parse(asked.Variables!)),
        });
        Assert.True(answer.IsCompletedSuccessfully);
        using var result = answer.Result;
        return Codes().Replace(result.Text(), "");
    }

    private static Schema SchemaOf(string sdl)
    {
        var schema = Schema.FromSdl(sdl);
        var builder = new SchemaBuilder().Add(sdl);
        foreach (var type in schema.Types.Where(type => !type.IsIntrospection))
        {
            if (type.IsComposite && type is not ObjectType)
            {
                builder.ResolveType(type.Name, TypeOf);
            }
            foreach (var field in (type as ObjectType)?.Fields ?? [])
            {
                builder.Resolve(type.Name, field.Name, context => new(Read(context)));
            }
        }
        return builder.Build();
    }

    private static ObjectType? TypeOf(object value, Schema schema) =>
        (value as OrderedDictionary<string, object?>)?.GetValueOrDefault("__typename") is string name
            ? schema.FindType(name) as ObjectType
            : null;

    private static object? Read(ResolverContext context)
    {
        var value = (context.Parent as OrderedDictionary<string, object?>)?.GetValueOrDefault(context.Field.Name);
        return value is DataGenerator.Arguments
            ? JsonSerializer.Serialize(
                context.Field.Arguments.Where(argument => context.Arguments.Has(argument.Index))
                    .ToDictionary(argument => argument.Name, argument => context.Arguments[argument.Index]), Json)
            : value;
    }

    private static object? Linked(JsonElement data)
    {
        var objects = ((List<object?>)InputValues.FromJson(data)!).Cast<OrderedDictionary<string, object?>>().ToList();
        foreach (var one in objects)
        {
            foreach (var (name, value) in one.ToList())
            {
                one[name] = Follow(value, objects);
            }
        }
        return objects[0];
    }

    private static object? Follow(object? value, List<OrderedDictionary<string, object?>> objects) => value switch
    {
        List<object?> list => list.ConvertAll(item => Follow(item, objects)),
        OrderedDictionary<string, object?> map when map.TryGetValue("$ref", out var index) => objects[(int)(long)index!],
        _ => value,
    };

    [GeneratedRegex(""","extensions":\{"code":"[A-Z_]+"\}""")]
    private static partial Regex Codes();
}
