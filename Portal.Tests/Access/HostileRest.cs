using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Portal.Tests.Access.HostileInputs;

namespace Portal.Tests.Access;

/// <summary>Every place of REST where somebody can put a string, of the OpenAPI document.</summary>
internal static class HostileRest
{
    /// <summary>Every string in a route's address, query and body.</summary>
    public static async Task<IReadOnlyList<HostileInput>> OfAsync(HostileGround ground, CancellationToken cancel)
    {
        var document = JsonNode.Parse(await ground.Stranger.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative),
            cancel))!;
        var inputs = new List<HostileInput>();
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
            {
                foreach (var parameter in operation!["parameters"]?.AsArray() ?? [])
                {
                    var (name, inPath) = ((string)parameter!["name"]!, (string)parameter["in"]! == "path");
                    if ((string)parameter["in"]! is not ("path" or "query")) continue;
                    inputs.Add(new($"{method} {path} {name}", (at, hostile, stop) => RestAsync(at, method,
                        inPath ? Address(at, path, name, hostile)
                            : $"{Address(at, path, null, "")}?{name}={Uri.EscapeDataString(hostile)}", null, stop)));
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

    private static async Task<HostileAnswer> RestAsync(HostileGround at, string method, string address, JsonObject? body,
        CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await at.Program.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        // What is followed goes on for as long as somebody reads.
        return Of(answer, answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? ""
            : await answer.Content.ReadAsStringAsync(cancel));
    }

    private static string Address(HostileGround at, string path, string? hostileName, string hostile) => string.Join('/',
        path.Split('/').Select(part =>
        !part.StartsWith('{') ? part
        : part.Trim('{', '}').Split(':')[0] == hostileName ? Uri.EscapeDataString(hostile)
        : part.StartsWith("{version", StringComparison.Ordinal) || part.StartsWith("{index", StringComparison.Ordinal) ? "1"
        : at.Things.GetValueOrDefault($"{char.ToUpperInvariant(path.Split('/')[3][0])}{path.Split('/')[3][1..^1]}", at.Project)));

    private static JsonNode? Schema(JsonNode document, JsonNode? schema) =>
        (string?)schema?["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]] : schema;
}
