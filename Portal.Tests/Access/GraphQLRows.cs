using System.Net.Http.Json;
using System.Text.Json;
using Portal.GraphQL.Types;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.Access;

/// <summary>A row for every field of the schema's roots, and for every field of a thing that leads to another.</summary>
internal static class GraphQLRows
{
    private const string Refusals = "{ errors { ... on Refusal { code } } }";

    // The root that a type's things are reached by.
    private static readonly (string Type, string Root)[] Homes =
        [("Viewer", "viewer"), ("Project", "project"), ("Machine", "machine"), ("Run", "run"), ("Workflow", "workflow"), ("Endpoint", "endpoint")];

    /// <summary>All of them; what changes something comes last.</summary>
    public static IEnumerable<AccessRow> Of(AccessGround ground)
    {
        var schema = PortalSchema.Schema;
        var query = schema.Query!;
        foreach (var field in query.Fields) yield return Row(ground, "query", [field]);
        foreach (var (type, root) in Homes)
            foreach (var field in ((ObjectType)schema.FindType(type)!).Fields.Where(Leads))
                yield return Row(ground, "query", [query.FindField(root)!, field]);
        foreach (var field in schema.Subscription!.Fields) yield return Row(ground, "subscription", [field]);
        foreach (var field in schema.Mutation!.Fields.OrderBy(field => AccessInputs.Place(field.Name)))
        {
            var text = $"mutation($input: {field.FindArgument("input")!.Type}) {{ {field.Name}(input: $input) {Refusals} }}";
            yield return new($"mutation {field.Name}", (asker, cancel) =>
                AskAsync(asker.Signed, text, new { input = AccessInputs.Of(field.Name, ground) }, [field.Name], cancel));
        }
    }

    // What a list, another thing, or a part that takes arguments is found by asks a handler of its own.
    private static bool Leads(FieldDefinition field) => field.Type.Named.IsComposite
        && (field.Arguments.Length > 0 || field.Type.Named is ObjectType type
            && (type.Interfaces.Any(one => one.Name == "Node") || type.Name is "Credential" or "RetryPlan" or "Person"));

    private static AccessRow Row(AccessGround ground, string kind, IReadOnlyList<FieldDefinition> path)
    {
        // Arguments are as they are when it is asked: things are made anew meanwhile. A secret is never written into a document.
        return new($"{kind} {string.Join('.', path.Select(field => field.Name))}", (asker, cancel) =>
        {
            var inner = Selection(path[^1].Type.Named);
            foreach (var field in path.Reverse()) inner = $"{{ {field.Name}{Arguments(ground, field)} {inner} }}";
            var (head, variables) = path[0].FindArgument("secret") is { } secret
                ? ($"{kind}($secret: {secret.Type})", new { secret = ground.Things["secret"] })
                : (kind, (object?)null);
            return AskAsync(asker.Signed, $"{head} {inner}", variables, [.. path.Select(field => field.Name)], cancel);
        });
    }

    private static string Selection(NamedType type) => type.IsComposite ? "{ __typename }" : "";

    private static string Arguments(AccessGround ground, FieldDefinition field)
    {
        var given = field.Arguments.Select(argument => (argument.Name, Value: AccessInputs.Argument(field.Name, argument, ground)))
            .Where(argument => argument.Value is not null).Select(argument => $"{argument.Name}: {argument.Value}").ToList();
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private static async Task<string> AskAsync(
        HttpClient http, string query, object? variables, IReadOnlyList<string> path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (query.StartsWith("subscription", StringComparison.Ordinal)) request.Headers.Accept.Add(new("text/event-stream"));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
            return Verdict.OfGraphQL((await JsonDocument.ParseAsync(body, default, cancel)).RootElement, path);
        using var lines = new StreamReader(body);
        while (await lines.ReadLineAsync(cancel) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return Verdict.OfGraphQL(JsonElement.Parse(line["data: ".Length..]), path);
        throw new InvalidOperationException($"{query} was followed by nothing.");
    }
}
