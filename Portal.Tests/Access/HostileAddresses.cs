using System.Net.Http.Json;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc;
using Portal.Web.Components;
using Portal.Web.Rest.Audit;
using static Portal.Tests.Access.HostileInputs;

namespace Portal.Tests.Access;

/// <summary>What is taken from addresses: by pages, and by files that browsers save.</summary>
internal static class HostileAddresses
{
    /// <summary>Addresses of pages without anything left open.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        [.. Templates().Select(page => page.Template).Where(template => !template.Contains('{', StringComparison.Ordinal)).Distinct()];

    /// <summary>What is left open in the addresses of pages, and each parameter that they take.</summary>
    public static IEnumerable<HostileInput> OfPages(HttpClient visitor)
    {
        foreach (var (type, template) in Templates())
        {
            var open = template.Split('/').Where(part => part.StartsWith('{')).ToList();
            foreach (var part in open)
                yield return new($"page {template} {part}", (at, hostile, cancel) =>
                    GetAsync(visitor, Filled(template, part, hostile, at), cancel));
            foreach (var taken in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                if (taken.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } query)
                    yield return new($"page {template}?{query.Name ?? taken.Name}", (at, hostile, cancel) =>
                        GetAsync(visitor, $"{Filled(template, "", "", at)}?{query.Name ?? taken.Name}={Uri.EscapeDataString(hostile)}", cancel));
        }
    }

    /// <summary>Files that a browser saves with its cookie, and the places where scripts of pages and links bring
    /// something.</summary>
    public static IEnumerable<HostileInput> OfFiles(HttpClient visitor)
    {
        var events = typeof(EventRequest).GetProperties().Select(one => one.GetCustomAttribute<FromQueryAttribute>()!.Name!)
            .Append("proof").ToList();
        foreach (var (path, names) in new (string, IReadOnlyList<string>)[]
        {
            ("/runs/{0}/results/0", ["download"]), ("/runs/{0}/results/{1}", []), ("/runs/{0}/logs/a/1/stdout", ["task"]),
            ("/runs/{0}/logs/{1}/1/stdout", []),
            ("/runs/{0}/logs/a/1/{1}", []), ("/runs/{0}/crate.zip", ["results", "related"]), ("/audit/events.csv", events),
            ("/audit/events.jsonl", events),
            ("/reports/usage.csv", ["project", "from", "until", "by", "machine", "person"]),
            ("/sign-in/finish", ["refused", "by"]),
            ("/sign-in/from/elsewhere", ["code", "state", "error"]), ("/no-such/{1}", []),
        })
        {
            if (path.Contains("{0}", StringComparison.Ordinal))
                yield return new($"{path} {{0}}", (_, hostile, cancel) =>
                    GetAsync(visitor, Put(path, Uri.EscapeDataString(hostile), "1"), cancel));
            if (path.Contains("{1}", StringComparison.Ordinal))
                yield return new($"{path} {{1}}", (at, hostile, cancel) =>
                    GetAsync(visitor, Put(path, at.Things["Run"], Uri.EscapeDataString(hostile)), cancel));
            foreach (var name in names)
                yield return new($"{path}?{name}", (at, hostile, cancel) =>
                    GetAsync(visitor, $"{Put(path, at.Things["Run"], "1")}?{name}={Uri.EscapeDataString(hostile)}", cancel));
        }
        foreach (var (name, body) in new (string, Func<string, HttpContent>)[]
        {
            ("secret", hostile => JsonContent.Create(new { secret = hostile })),
            ("secret's end", hostile => JsonContent.Create(new { secret = $"portal_inv_{hostile}" })),
            ("body", hostile => new StringContent(hostile, System.Text.Encoding.UTF8, "application/json")),
        })
            yield return new($"/links {name}", async (_, hostile, cancel) =>
            {
                using var content = body(hostile);
                using var answer = await visitor.PostAsync(new Uri("/links", UriKind.Relative), content, cancel);
                return Of(answer, "");
            });
    }

    /// <summary>What a string did to an answer that it must not do; null for nothing.</summary>
    public static string? Injected(HttpResponseMessage answer, string html) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("hostile",
            StringComparison.Ordinal))
            ? "a header of its own"
        : answer.Headers.Location is { IsAbsoluteUri: true } away
            && away.Authority != answer.RequestMessage!.RequestUri!.Authority ? $"leads to {away}"
        : answer.Content.Headers.ContentType?.MediaType == "text/html" && Markup.Any(markup => html.Contains(markup,
            StringComparison.Ordinal))
            ? "it became a part of the page" : null;

    // Beginnings of elements that strings of ours are, and pages have not.
    private static readonly string[] Markup =
        ["<hostile", "<img src=x", "<img src=http", "<svg onload", "<script>window.hostile", "<a href='javascript",
            "<iframe src=", "<style>@import"];

    private static async Task<HostileAnswer> GetAsync(HttpClient visitor, string address, CancellationToken cancel)
    {
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), cancel);
        var told = Of(answer, "");
        return told with { Fault = told.Fault ?? Injected(answer, await answer.Content.ReadAsStringAsync(cancel)) };
    }

    private static string Put(string path, string run, string other) =>
        path.Replace("{0}", run, StringComparison.Ordinal).Replace("{1}", other, StringComparison.Ordinal);

    private static string Filled(string template, string open, string hostile, HostileGround at) => string.Join('/',
        template.Split('/').Select(part =>
        !part.StartsWith('{') ? part : part == open ? Uri.EscapeDataString(hostile)
        : at.Things.GetValueOrDefault($"{char.ToUpperInvariant(template.Split('/')[1][0])}{template.Split('/')[1][1..^1]}",
            at.Project)));

    private static IEnumerable<(Type Page, string Template)> Templates() =>
        from page in typeof(App).Assembly.GetTypes()
        from route in page.GetCustomAttributes<Microsoft.AspNetCore.Components.RouteAttribute>()
        orderby route.Template
        select (page, route.Template);
}
