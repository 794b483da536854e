using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Portal.Tests.Access;

/// <summary>A row for every address that is neither a page nor of REST: OAuth, files that a browser saves, forms that are no
/// page, what pages use. Who asks does so by their session where they have one.</summary>
internal static partial class OtherRows
{
    private static readonly Sent Nothing = new(_ => null);

    // In the order in which they are asked; what ends something comes last.
    private static readonly Dictionary<string, Sent> Known = new()
    {
        ["GET /healthz"] = Nothing,
        ["GET /openapi/{documentName}.json"] = Nothing,
        ["GET /schema.graphql"] = Nothing,
        ["GET /.well-known/oauth-authorization-server"] = Nothing,
        ["GET /audit/seal-keys.pem"] = Nothing,
        ["GET /audit/events.csv"] = new(_ => null, Query: ground => $"?project={ground.Things["Project"]}"),
        ["GET /audit/events.jsonl"] = new(_ => null, Query: ground => $"?project={ground.Things["Project"]}"),
        ["GET /reports/usage.csv"] = new(_ => null, Query: ground => $"?project={ground.Things["Project"]}"),
        ["GET /runs/{id}/crate.zip"] = Nothing,
        ["GET /runs/{id}/logs/{step}/{attempt}/{stream}"] = Nothing,
        ["GET /runs/{id}/results/{index}"] = Nothing,
        ["ANY /graphql"] = new(_ => JsonContent.Create(new { query = "{ __typename }" })),
        ["GET /{path}"] = Nothing,
        ["HEAD /{path}"] = Nothing,
        ["ANY /_blazor"] = Nothing,
        ["ANY /_blazor/negotiate"] = new(_ => Form()),
        ["ANY /_blazor/disconnect"] = new(_ => Form(("circuitId", "x"))),
        ["ANY /_blazor/initializers"] = Nothing,
        ["GET /_framework/opaque-redirect"] = new(_ => null, Query: _ => "?url=x"),
        ["POST /oauth/device_authorization"] = new(_ => Form(("client_id", "headless"))),
        ["POST /oauth/token"] = new(_ => Form(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code",
            "x"))),
        ["POST /oauth/introspect"] = new(_ => Form(("token", "x")), ByToken: true),
        ["POST /oauth/revoke"] = new(_ => Form(("token", "x"))),
        ["POST /links"] = new(ground => JsonContent.Create(new { secret = ground.Things["secret"] })),
        ["POST /sign-in/passkey"] = new(_ => Form(), Forgery: true),
        ["POST /sign-in/with/{name}"] = new(_ => Form(("then", "/")), Forgery: true),
        ["GET /sign-in/arrived"] = Nothing,
        ["GET /sign-in/finish"] = Nothing,
        ["POST /account/passkey"] = new(_ => Form(), Forgery: true),
        ["POST /account/providers/connect/{name}"] = new(_ => Form(("then", "/")), Forgery: true),
        ["POST /sign-out"] = new(_ => Form(("from", "/")), Forgery: true),
    };

    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<AccessRow> Of(AccessGround ground)
    {
        var order = Known.Keys.ToList();
        var mapped = Routes.OfOthers(ground.Portal).ToList();
        var unknown = mapped.Except(order).ToList();
        Assert.True(unknown.Count == 0, $"These have no row, say in OtherRows what is sent to them: {string.Join(", ", unknown)}");
        Assert.Empty(order.Except(mapped));
        return [.. mapped.OrderBy(order.IndexOf).Select(name => Row(ground, name, Known[name]))];
    }

    private static AccessRow Row(AccessGround ground, string name, Sent sent) => new(name, async (asker, cancel) =>
    {
        var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]);
        var http = sent.ByToken ? asker.Token : asker.Signed;
        using var request = new HttpRequestMessage(new(method != "ANY" ? method : sent.Body(ground) is null ? "GET" : "POST"),
            Address(ground, path) + sent.Query?.Invoke(ground));
        request.Content = sent.Body(ground);
        if (sent.Forgery && await ForgeryAsync(http, cancel) is { } token) request.Headers.Add("RequestVerificationToken", token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return Verdict.OfAddress(answer);
    });

    /// <summary>The token against forgery of a client's session.</summary>
    public static async Task<string?> ForgeryAsync(HttpClient http, CancellationToken cancel)
    {
        foreach (var page in (string[])["account", "sign-in"])
        {
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), cancel);
            if (Token().Match(await answer.Content.ReadAsStringAsync(cancel)) is { Success: true } found) return found.Groups[1].Value;
        }
        return null;
    }

    private static string Address(AccessGround ground, string path) => path
        .Replace("{id}", ground.Things["Run"], StringComparison.Ordinal).Replace("{step}", "a", StringComparison.Ordinal)
        .Replace("{stream}", "stdout", StringComparison.Ordinal).Replace("{name}", AccessGround.Provider,
            StringComparison.Ordinal)
        .Replace("{attempt}", "1", StringComparison.Ordinal).Replace("{index}", "0", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{path}", "no.such", StringComparison.Ordinal);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();

    // What an address is asked with; by a token where it takes nothing else, with the token against forgery where it is a form.
    private sealed record Sent(Func<AccessGround, HttpContent?> Body, Func<AccessGround, string>? Query = null,
        bool Forgery = false,
        bool ByToken = false);
}
