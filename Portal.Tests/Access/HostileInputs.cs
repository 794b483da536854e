using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Types;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.Access;

/// <summary>One place where somebody can put a string.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="SendAsync">Puts one there; what went wrong, or null.</param>
public sealed record HostileInput(string Name, Func<HostileGround, string, CancellationToken, Task<string?>> SendAsync);

/// <summary>Every place where somebody can put a string, of the schema, the OpenAPI document, the forms and the pages.</summary>
internal static class HostileInputs
{
    private const string Refusals = "{ errors { ... on Refusal { code } } }";

    // What is asked with where the string is not: good enough that the string is what is looked at.
    private static readonly Dictionary<string, string> Good = new()
    {
        ["name"] = "good", ["host"] = "127.0.0.1", ["user"] = "u", ["workFolder"] = "/w", ["url"] = "ftp://127.0.0.1:9/x",
        ["address"] = "nobody@example.org", ["text"] = "portal: 1\nname: w\ntitle: W\nsteps:\n  - { id: a, command: echo }\n",
        ["secret"] = "portal_inv_x", ["code"] = "BCDF-GHJK", ["client"] = "c", ["hash"] = new string('a', 64),
        ["comment"] = "c", ["description"] = "portal: 1\nname: w\ntitle: W\nsteps:\n  - { id: a, command: echo }\n",
    };

    /// <summary>Every string within the input of a mutation, and every argument of a query.</summary>
    public static IEnumerable<HostileInput> OfGraphQL(HostileGround ground)
    {
        var schema = PortalSchema.Schema;
        foreach (var field in schema.Mutation!.Fields)
        {
            var type = (InputObjectType)field.FindArgument("input")!.Type.Named;
            var text = $"mutation($input: {field.FindArgument("input")!.Type}) {{ {field.Name}(input: $input) {Refusals} }}";
            foreach (var path in Strings(type))
                yield return new($"{field.Name} {string.Join('.', path)}", (at, hostile, cancel) =>
                    GraphQLAsync(at, text, new() { ["input"] = Build(type, path, hostile, at) }, cancel));
        }
        foreach (var field in schema.Query!.Fields)
            foreach (var argument in field.Arguments.Where(argument => IsText(argument.Type.Named)))
            {
                var others = field.Arguments.Where(other => other.IsRequired && other != argument)
                    .Select(other => $", {other.Name}: {Literal(other.Type, other.Name, field.Name, ground)}");
                var type = argument.Type.ToString()!.TrimEnd('!');
                var selection = field.Type.Named.IsComposite ? "{ __typename }" : "";
                var text = $"query($it: {type}!) {{ {field.Name}({argument.Name}: $it{string.Concat(others)}) {selection} }}";
                var list = argument.Type.Nullable is ListType;
                yield return new($"query {field.Name} {argument.Name}", (at, hostile, cancel) => GraphQLAsync(
                    at, text, new() { ["it"] = list ? new JsonArray(hostile) : JsonValue.Create(hostile) }, cancel));
            }
    }

    /// <summary>Every string in a route's address, query and body.</summary>
    public static async Task<IReadOnlyList<HostileInput>> OfRestAsync(HostileGround ground, CancellationToken cancel)
    {
        var document = JsonNode.Parse(await ground.Stranger.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), cancel))!;
        var inputs = new List<HostileInput>();
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
            {
                foreach (var parameter in operation!["parameters"]?.AsArray() ?? [])
                {
                    var (name, inPath) = ((string)parameter!["name"]!, (string)parameter["in"]! == "path");
                    if ((string)parameter["in"]! is not ("path" or "query")) continue;
                    inputs.Add(new($"{method} {path} {name}", (at, hostile, stop) => RestAsync(at, method,
                        inPath ? Address(at, path, name, hostile) : $"{Address(at, path, null, "")}?{name}={Uri.EscapeDataString(hostile)}", null, stop)));
                }
                var body = Schema(document, operation["requestBody"]?["content"]?["application/json"]?["schema"]);
                foreach (var (name, _) in body?["properties"]?.AsObject() ?? [])
                    inputs.Add(new($"{method} {path} body {name}", (at, hostile, stop) =>
                    {
                        var sent = new JsonObject();
                        foreach (var (other, _) in body!["properties"]!.AsObject())
                            if (GoodFor(other, at) is { } good) sent[other] = good;
                        sent[name] = hostile;
                        return RestAsync(at, method, Address(at, path, null, ""), sent, stop);
                    }));
            }
        return inputs;
    }

    /// <summary>OAuth's forms.</summary>
    public static IEnumerable<HostileInput> OfForms { get; } =
    [
        .. from form in new (string Path, string[] Fields)[]
           {
               ("/oauth/device_authorization", ["client_id", "scope", "project", "reason", "days"]),
               ("/oauth/token", ["grant_type", "device_code", "client_id"]), ("/oauth/introspect", ["token"]), ("/oauth/revoke", ["token"]),
           }
           from field in form.Fields
           select new HostileInput($"{form.Path} {field}", async (at, hostile, cancel) =>
           {
               var sent = new Dictionary<string, string>
               {
                   ["client_id"] = "good", ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = "x", ["token"] = "x",
                   [field] = hostile,
               };
               using var body = new FormUrlEncodedContent(sent);
               using var answer = await at.Program.PostAsync(new Uri(form.Path, UriKind.Relative), body, cancel);
               return (int)answer.StatusCode < 500 ? null : $"{answer.StatusCode}";
           }),
    ];

    /// <summary>What pages take from their address and from headers.</summary>
    public static IEnumerable<HostileInput> OfPages { get; } =
    [
        .. from page in (string[])["/sign-in?then=", "/register?then=", "/device?code=", "/runs?name=", "/runs?sort=", "/machines/", "/runs/", "/",
               "/not-found?", "/projects/", "/workflows/", "/account/tokens?", "/sign-in/code?then=", "/account/providers?problem="]
           select new HostileInput($"page {page}", async (at, hostile, cancel) =>
           {
               using var request = new HttpRequestMessage(HttpMethod.Get, page + Uri.EscapeDataString(hostile));
               request.Headers.TryAddWithoutValidation("User-Agent", InHeader(hostile));
               request.Headers.TryAddWithoutValidation("Referer", InHeader(hostile));
               using var answer = await at.Stranger.SendAsync(request, cancel);
               var html = await answer.Content.ReadAsStringAsync(cancel);
               if ((int)answer.StatusCode >= 500) return $"{answer.StatusCode}";
               if (answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("hostile", StringComparison.Ordinal)))
                   return "a header of its own";
               if (answer.Headers.Location is { IsAbsoluteUri: true } away && away.Authority != at.Stranger.BaseAddress!.Authority) return $"leads to {away}";
               return html.Contains("<hostile", StringComparison.Ordinal) || html.Contains("onerror=window.hostile", StringComparison.Ordinal)
                   || html.Contains("<script>window.hostile", StringComparison.Ordinal) ? "it became a part of the page" : null;
           }),
    ];

    // What no client can send in a header at all.
    private static string InHeader(string hostile) => hostile.ReplaceLineEndings(" ").Replace('\0', ' ');

    private static async Task<string?> GraphQLAsync(HostileGround at, string query, JsonObject variables, CancellationToken cancel)
    {
        using var answer = await at.Program.PostAsJsonAsync("/graphql", new JsonObject { ["query"] = query, ["variables"] = variables }, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return (int)answer.StatusCode >= 500 || text.Contains("\"INTERNAL\"", StringComparison.Ordinal) ? $"{(int)answer.StatusCode} {text}" : null;
    }

    private static async Task<string?> RestAsync(HostileGround at, string method, string address, JsonObject? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await at.Program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        // 502: the machine that is asked for does not answer.
        return (int)answer.StatusCode is < 500 or 502 ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}";
    }

    private static string Address(HostileGround at, string path, string? hostileName, string hostile) => string.Join('/', path.Split('/').Select(part =>
        !part.StartsWith('{') ? part
        : part.Trim('{', '}').Split(':')[0] == hostileName ? Uri.EscapeDataString(hostile)
        : part.StartsWith("{version", StringComparison.Ordinal) || part.StartsWith("{index", StringComparison.Ordinal) ? "1"
        : at.Things.GetValueOrDefault($"{char.ToUpperInvariant(path.Split('/')[3][0])}{path.Split('/')[3][1..^1]}", at.Project)));

    private static JsonNode? Schema(JsonNode document, JsonNode? schema) =>
        (string?)schema?["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]] : schema;

    private static bool IsText(NamedType type) => type is ScalarType && type.Name is not ("Int" or "Float" or "Boolean" or "Long");

    // From an input type to each string in it.
    private static IEnumerable<IReadOnlyList<string>> Strings(InputObjectType type) => type.Fields.SelectMany(field =>
        field.Type.Named is InputObjectType inner ? Strings(inner).Select(path => (IReadOnlyList<string>)[field.Name, .. path])
        : IsText(field.Type.Named) ? [[field.Name]] : []);

    private static JsonNode? Build(InputObjectType type, IReadOnlyList<string> path, string hostile, HostileGround at)
    {
        var made = new JsonObject();
        foreach (var field in type.Fields)
        {
            var here = path.Count > 0 && path[0] == field.Name;
            // A run is of a workflow or of a description: what is not required in itself, though one of them is.
            if (!here && !field.IsRequired && (field.Name != "description" || path is ["workflow"])) continue;
            var value = field.Type.Named is InputObjectType inner ? Build(inner, here ? [.. path.Skip(1)] : [], hostile, at)
                : here ? JsonValue.Create(hostile) : Value(field.Type.Named, field.Name, type.Name, at);
            made[field.Name] = field.Type.Nullable is ListType ? new JsonArray(value) : value;
        }
        return made;
    }

    private static JsonNode Value(NamedType type, string name, string of, HostileGround at) => type switch
    {
        EnumType words => JsonValue.Create(words.Values[0].Name),
        { Name: "ID" } => JsonValue.Create(IdOf(name, of, at)),
        { Name: "Int" or "Float" or "Long" } => JsonValue.Create(1),
        { Name: "Boolean" } => JsonValue.Create(false),
        _ => JsonValue.Create(GoodFor(name, at) ?? "good"),
    };

    private static string? GoodFor(string name, HostileGround at) => name switch
    {
        "securityToken" => at.SecurityToken,
        "machine" => at.Things["Machine"],
        _ => Good.GetValueOrDefault(name),
    };

    // `machine: ID!` is a machine's; `id: ID!` that of what the input is called for.
    private static string IdOf(string name, string of, HostileGround at)
    {
        var type = at.Things.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? at.Things.Keys.FirstOrDefault(known => of.Contains(known, StringComparison.OrdinalIgnoreCase)) ?? "Run";
        return new GlobalId(type, at.Things[type]).ToString();
    }

    private static string Literal(GraphType type, string name, string of, HostileGround at) =>
        (type.Nullable is ListType ? new JsonArray(Value(type.Named, name, of, at)) : Value(type.Named, name, of, at)).ToJsonString();
}
