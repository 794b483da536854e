using System.Net.Http.Json;

namespace Portal.Tests.Access;

/// <summary>A row for every route of REST, in the OpenAPI document or not.</summary>
internal static class RestRows
{
    // What is sent along, and, by being listed last, what ends something.
    private static readonly Dictionary<string, Func<AccessGround, object?>> Bodies = new()
    {
        ["POST /projects"] = _ => new { name = "Another" },
        ["PUT /projects/{id}"] = _ => new { name = "Tides" },
        ["POST /projects/{id}/invitations"] = _ => new { role = "Viewer", address = "\n" },
        ["PUT /projects/{id}/members/{person}"] = _ => new { role = "Viewer" },
        ["POST /invitations/show"] = ground => new { secret = ground.Things["secret"] },
        ["POST /invitations/accept"] = ground => new { secret = ground.Things["secret"] },
        ["POST /invitations/decline"] = ground => new { secret = ground.Things["secret"] },
        ["POST /machines"] = ground => new { name = "\n", host = "h", user = "u", workFolder = "/w", project = ground.Things["Project"] },
        ["PUT /machines/{id}"] = _ => new { name = "\n", host = "h", user = "u", workFolder = "/w" },
        ["PUT /machines/{id}/host-keys"] = _ => new { fingerprints = new[] { "SHA256:abc" } },
        ["POST /machines/{id}/host-keys/scan"] = _ => new { securityToken = "x" },
        ["POST /machines/{id}/check"] = _ => new { securityToken = "x" },
        ["POST /machines/{id}/credential"] = _ => null,
        ["POST /workflows"] = ground => new { text = "nonsense", project = ground.Things["Project"] },
        ["POST /endpoints"] = ground => new { name = "?", url = "?", project = ground.Things["Project"] },
        ["PUT /endpoints/{id}"] = ground => new { name = "data", url = "?", project = ground.Things["Project"] },
        ["POST /runs"] = ground => new { machine = ground.Things["Machine"], workflow = ground.Things["Workflow"], securityToken = "x" },
        ["POST /runs/{id}/token"] = _ => new { securityToken = "x" },
        ["POST /runs/{id}/retry"] = _ => new { securityToken = "x" },
        ["POST /runs/{id}/cancel"] = _ => null,
        ["POST /seals"] = _ => null,
        ["POST /runs/{id}/approval"] = _ => new { approve = true, hash = "x" },
        ["PUT /machines/{id}/projects/{project}"] = _ => null,
        ["POST /tokens"] = _ => new { name = "another", days = 0 },
        ["POST /projects/{id}/leave"] = _ => null,
    };

    /// <summary>All of them; what only looks comes first, what ends something last.</summary>
    public static IReadOnlyList<AccessRow> Of(AccessGround ground) =>
        [.. Routes.OfRest(ground.Portal).OrderBy(Place).ThenBy(name => name, StringComparer.Ordinal).Select(name => Row(ground, name))];

    private static int Place(string name) => name switch
    {
        ['G', ..] => 0,
        ['D', ..] => 900,
        "POST /projects/{id}/leave" => 1000,
        _ => Bodies.Keys.ToList().IndexOf(name) is >= 0 and var place
            ? 1 + place
            : throw new InvalidOperationException($"The route {name} has no row: say in RestRows what is sent along."),
    };

    private static AccessRow Row(AccessGround ground, string name)
    {
        var (method, path) = (new HttpMethod(name.Split(' ')[0]), name.Split(' ')[1]);
        return new(name, async (asker, cancel) =>
        {
            using var request = new HttpRequestMessage(method, Routes.Rest + Address(ground, path));
            // The one route that a session opens, and no token.
            var http = name == "POST /tokens" ? asker.Signed : asker.Token;
            if (http == asker.Signed && await OtherRows.ForgeryAsync(http, cancel) is { } forgery)
                request.Headers.Add("RequestVerificationToken", forgery);
            if (Bodies.GetValueOrDefault(name)?.Invoke(ground) is { } body) request.Content = JsonContent.Create(body);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return await Verdict.OfRestAsync(answer, cancel);
        });
    }

    private static string Address(AccessGround ground, string path)
    {
        var kind = path.Split('/')[1];
        var thing = $"{char.ToUpperInvariant(kind[0])}{kind[1..^1]}".Replace("Token", "AccessToken", StringComparison.Ordinal);
        // What there is only of a run that failed or waits.
        if (path == "/runs/{id}/retry") thing = "FailedRun";
        if (path == "/runs/{id}/approval") thing = "WaitingRun";
        var at = path.Replace("{id}", ground.Things.GetValueOrDefault(thing), StringComparison.Ordinal)
            .Replace("{person}", ground.Things["Person"], StringComparison.Ordinal)
            .Replace("{invitation}", ground.Things["Invitation"], StringComparison.Ordinal)
            .Replace("{position}", ground.Things["Position"], StringComparison.Ordinal)
            .Replace("{project}", ground.Things["Other"], StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal).Replace("{index}", "0", StringComparison.Ordinal);
        if (path.EndsWith("/log", StringComparison.Ordinal)) return at + "?step=a";
        if (path.EndsWith("/at", StringComparison.Ordinal)) return at + "?version=1";
        if (path == "/runs/compare") return $"{at}?left={ground.Things["Run"]}&right={ground.Things["Run"]}";
        if (path == "/tokens") return at + "?client=nobody";
        return path is "/machines" or "/workflows" or "/endpoints" or "/runs" or "/events" or "/events.jsonl" or "/events.csv"
            ? $"{at}?project={ground.Things["Project"]}" : at;
    }
}
