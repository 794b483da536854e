using System.Net.Http.Json;
using System.Text.Json;
using Portal.GraphQL.Types;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.Access;

/// <summary>A row for every field of the schema's roots, and for every field of an object that is looked up when it is asked for
/// (<see cref="FieldClasses"/>).</summary>
internal static class GraphQLRows
{
    private const string Refusals = "{ errors { ... on Refusal { code } } }";

    /// <summary>All of them; what changes something comes last.</summary>
    public static IEnumerable<AccessRow> Of(AccessGround ground)
    {
        var schema = PortalSchema.Schema;
        foreach (var field in schema.Query!.Fields) yield return Row(ground, "query", [field]);
        foreach (var entry in FieldClasses.All)
            foreach (var name in entry.OfItself) yield return Row(ground, "query", Path(schema.Query, $"{entry.At}.{name}", entry.Type));
        foreach (var field in schema.Subscription!.Fields) yield return Row(ground, "subscription", [field]);
        foreach (var field in schema.Mutation!.Fields.OrderBy(field => AccessInputs.Place(field.Name)))
        {
            var text = $"mutation($input: {field.FindArgument("input")!.Type}) {{ {field.Name}(input: $input) {Refusals} }}";
            yield return new($"mutation {field.Name}", (asker, cancel) =>
                AskAsync(asker.Signed, text, new { input = AccessInputs.Of(field.Name, ground) }, [field.Name], cancel));
        }
    }

    /// <summary>The fields of a path from the query to a field of an object.</summary>
    public static List<FieldDefinition> Path(ObjectType query, string path, string type)
    {
        var (fields, at) = (new List<FieldDefinition>(), query);
        foreach (var name in path.Split('.'))
        {
            var field = at.FindField(name) ?? throw new InvalidOperationException($"fields.txt: there is no {name} of {at.Name} ({path}).");
            fields.Add(field);
            at = field.Type.Named as ObjectType ?? at;
        }
        return fields[^1].DeclaringType!.Name == type ? fields
            : throw new InvalidOperationException($"fields.txt: {path} leads to {fields[^1].DeclaringType!.Name}, and not to {type}.");
    }

    private static AccessRow Row(AccessGround ground, string kind, IReadOnlyList<FieldDefinition> path)
    {
        var name = string.Join('.', path.Select(field => field.Name));
        // Arguments are as they are when it is asked: things are made anew meanwhile. A secret is never written into a document.
        return new($"{kind} {name}", (asker, cancel) =>
        {
            var inner = path[^1].Type.Named.IsComposite ? "{ __typename }" : "";
            foreach (var field in path.Reverse()) inner = $"{{ {field.Name}{Arguments(ground, field, name)} {inner} }}";
            var (head, variables) = path[0].FindArgument("secret") is { } secret
                ? ($"{kind}($secret: {secret.Type})", new { secret = ground.Things["secret"] })
                : (kind, (object?)null);
            return AskAsync(asker.Signed, $"{head} {inner}", variables, [.. path.Select(field => field.Name)], cancel);
        });
    }

    private static string Arguments(AccessGround ground, FieldDefinition field, string path)
    {
        var given = field.Arguments.Select(argument => (argument.Name, Value: AccessInputs.Argument(field.Name, argument, ground, path)))
            .Where(argument => argument.Value is not null).Select(argument => $"{argument.Name}: {argument.Value}").ToList();
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private static async Task<string> AskAsync(
        HttpClient http, string query, object? variables, string[] path, CancellationToken cancel)
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
