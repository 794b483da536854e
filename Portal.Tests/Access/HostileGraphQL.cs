using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Portal.GraphQL.Types;
using Portal.Web.GraphQL.Common;
using static Portal.Tests.Access.HostileInputs;

namespace Portal.Tests.Access;

/// <summary>Every place of GraphQL where somebody can put a string: in arguments of fields, wherever they are, in inputs within
/// them, and in what is around an operation.</summary>
internal static class HostileGraphQL
{
    private const string Refusals = "{ errors { ... on Refusal { code } } }";

    /// <summary>All of them that go by HTTP.</summary>
    public static IEnumerable<HostileInput> Of(HostileGround ground)
    {
        var schema = PortalSchema.Schema;
        foreach (var field in schema.Mutation!.Fields)
        {
            var type = (InputObjectType)field.FindArgument("input")!.Type.Named;
            var text = $"mutation($input: {field.FindArgument("input")!.Type}) {{ {field.Name}(input: $input) {Refusals} }}";
            foreach (var path in Strings(type))
                yield return new($"{field.Name} {string.Join('.', path)}", (at, hostile, cancel) =>
                    AskAsync(at, new() { ["query"] = text, ["variables"] = new JsonObject { ["input"] = Build(type, path,
                        hostile, at) } }, cancel));
        }
        foreach (var field in schema.Query!.Fields)
            foreach (var input in Arguments("query", [field], ground)) yield return input;
        foreach (var field in schema.Subscription!.Fields)
            foreach (var input in Arguments("subscription", [field], ground)) yield return input;
        foreach (var entry in FieldClasses.All.Where(entry => entry.At.Length > 0))
            foreach (var field in ((ObjectType)schema.FindType(entry.Type)!).Fields)
                foreach (var input in Arguments("query", GraphQLRows.Path(schema.Query, $"{entry.At}.{field.Name}", entry.Type),
                    ground))
                    yield return input;
        foreach (var part in (string[])["query", "operationName", "variables", "extensions"])
            yield return new($"the {part}", (at, hostile, cancel) => AskAsync(at, new() { ["query"] = "{ __typename }",
                [part] = hostile }, cancel));
        yield return new("the query within one", (at, hostile, cancel) => AskAsync(at,
            new() { ["query"] = $"{{ run(id: {hostile}) }}" }, cancel));
    }

    // The last field's arguments, each string in them.
    private static IEnumerable<HostileInput> Arguments(string kind, IReadOnlyList<FieldDefinition> path, HostileGround ground)
    {
        var field = path[^1];
        foreach (var argument in field.Arguments)
        {
            var inputs = argument.Type.Named as InputObjectType;
            foreach (var place in inputs is not null ? Strings(inputs) : IsText(argument.Type.Named) ? [[]] : [])
            {
                var inner = field.Type.Named.IsComposite ? "{ __typename }" : "";
                foreach (var step in path.Reverse())
                {
                    var given = step.Arguments.Where(other => step == field && other == argument || other.IsRequired)
                        .Select(other =>
                        other == argument && step == field ? $"{other.Name}: $it"
                            : $"{other.Name}: {Good(other, step)}").ToList();
                    inner = $"{{ {step.Name}{(given.Count > 0 ? $"({string.Join(", ", given)})" : "")} {inner} }}";
                }
                var text = $"{kind}($it: {argument.Type.ToString()!.TrimEnd('!')}!) {inner}";
                var list = argument.Type.Nullable is ListType;
                var name = string.Join('.', [.. path.Select(step => step.Name), argument.Name, .. place]);
                yield return new($"{kind} {name}", (at, hostile, cancel) =>
                {
                    var value = inputs is null ? JsonValue.Create(hostile) : Build(inputs, place, hostile, at);
                    return AskAsync(at, new() { ["query"] = text, ["variables"] = new JsonObject { ["it"] = list
                        ? new JsonArray(value) : value } }, cancel);
                });
            }
        }

        // What a required argument is given with; an input as where one moment is meant.
        string Good(ArgumentDefinition argument, FieldDefinition step) =>
            argument.Type.Named is InputObjectType ? "{ version: 1 }" : Literal(argument.Type, argument.Name, step.Name, ground);
    }

    private static async Task<HostileAnswer> AskAsync(HostileGround at, JsonObject body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(body) };
        var follows = ((string?)body["query"])!.StartsWith("subscription", StringComparison.Ordinal);
        if (follows) request.Headers.Accept.Add(new("text/event-stream"));
        using var answer = await at.Program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        // What is followed may be silent for as long as nothing happens; a failure stands in the log too.
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream") return new(null, false);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        var told = HostileInputs.Of(answer, text);
        return told with { Refused = told.Refused || text.Contains("\"errors\":[{", StringComparison.Ordinal) };
    }
}
