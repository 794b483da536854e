using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Browser;

namespace Portal.Tests.Access;

/// <summary>What hostile strings look like in the browser after they went through a real machine with a hostile folder: text. No script runs, no
/// element comes in, no request leaves.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class HostilePagesTests(HostileSite site) : IClassFixture<HostileSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_runs_workflows_machines_and_projects_show_them_as_text()
    {
        var html = $"<img src={site.Listener}/i onerror=window.hostile=1><hostile></hostile><script>window.hostile=1</script>"
            + $"<a href=javascript:window.hostile=1>x</a> {{{{7*7}}}} \u001b[31m\u202e é' \"$(touch {site.Canary})\" `touch {site.Canary}`";
        var machine = await MachineAsync(html);
        await site.Program.PostAsync("projects", new { name = Line(html, 80) }, Cancel);
        using var text = new StringContent(Description(html), Encoding.UTF8, "text/yaml");
        var workflow = (await site.Program.PostAsync("workflows", text, Cancel)).GetProperty("id").GetString()!;
        var (good, bad) = (await RunAsync("0"), await RunAsync("3"));
        Assert.Equal("Succeeded", (await site.EndAsync(good)).Phase);
        Assert.Equal(("Failed", "ExitCode"), await EndAsync(bad));

        var visit = site.Ground.Visit;
        var left = new ConcurrentQueue<string>();
        visit.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(visit.Address, StringComparison.Ordinal) && !Regex.IsMatch(request.Url, "^(data|blob|about):"))
                left.Enqueue(request.Url);
        };
        visit.Page.Dialog += (_, dialog) => left.Enqueue(dialog.Message);
        foreach (var page in (string[])["/", "/runs", "/machines", "/workflows", "/projects", "/data", "/account/leases", $"/machines/{machine.Id}",
            $"/workflows/{workflow}", $"/workflows/{workflow}/edit", $"/runs/new?again={good}", $"/projects/{site.Ground.Project}",
            .. from run in (string[])[good, bad]
               from tab in (string[])["steps", "transfers", "logs&step=a", "results", "events", "about"]
               select $"/runs/{run}?tab={tab}", $"/runs/{bad}/replay", $"/runs/compare?left={good}&right={bad}&all=true",
            $"/machines/{machine.Id}/replay", $"/projects/{site.Ground.Project}/replay"])
        {
            await visit.OpenAsync(page);
            await visit.Page.Locator("main").WaitForAsync();
            if (page.Contains("logs", StringComparison.Ordinal))
                await visit.Page.Locator("main").GetByText("$(touch").Locator("visible=true").First.WaitForAsync();
            if (page.EndsWith($"{good}?tab=results", StringComparison.Ordinal))
            {
                // Previews open by themselves.
                await visit.Page.GetByTestId("result-1").GetByRole(AriaRole.Table).WaitForAsync();
                await Assertions.Expect(visit.Page.GetByTestId("result-2")).ToContainTextAsync("$(touch");
            }
            await NothingCameInAsync(visit.Page, page);
        }
        Assert.Empty(visit.Errors);
        // A picture that somebody opens by itself is in a box of its own.
        var answer = await visit.Page.GotoAsync($"/runs/{good}/results/0");
        Assert.StartsWith("image/svg+xml", answer!.Headers["content-type"], StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        await NothingCameInAsync(visit.Page, "the picture");
        Assert.Empty(left);
        await site.NothingHappenedAsync();

        Task<string> RunAsync(string code) => site.SubmitAsync(Description(html), new Dictionary<string, string> { ["html"] = html, ["code"] = code },
            Line(html, 200), machine);

        async Task<(string, string?)> EndAsync(string run)
        {
            var (phase, failure, _) = await site.EndAsync(run);
            return (phase, failure);
        }
    }

    // One in whose name and folder strings hide, on the site that everybody has.
    private async Task<(string Id, string Token)> MachineAsync(string html)
    {
        var facts = site.Site.Facts;
        var made = await site.Program.PostAsync("machines", new
        {
            name = Line(html, 80), host = facts.Host, port = facts.SshPort, user = facts.User,
            workFolder = $"{facts.Workdir}/it's \"$(touch {site.Canary.Split('/')[^1]})\" `touch canary` ; touch canary & <hostile> ${{HOME}} é *",
        }, Cancel);
        var id = made.GetProperty("id").GetString()!;
        var keys = (await site.Program.GetAsync($"machines/{id}/host-keys", Cancel)).GetProperty("keys").EnumerateArray()
            .Select(key => key.GetProperty("fingerprint").GetString());
        await site.Program.PutAsync($"machines/{id}/host-keys", new { fingerprints = keys }, Cancel);
        var key = await site.Program.PostAsync($"machines/{id}/credential", null, Cancel);
        await site.Site.AuthorizeAsync(key.GetProperty("publicKey").GetString()!, Cancel);
        return (id, key.GetProperty("securityToken").GetString()!);
    }

    private async Task NothingCameInAsync(IPage page, string address)
    {
        Assert.True(await page.EvaluateAsync<int?>("window.hostile ?? null") is null, address);
        var found = page.Locator($"{HostileStrings.Mark}, [onerror], [onload], a[href^='javascript:'], [src^='{site.Listener}'], iframe:not([sandbox])");
        if (!address.StartsWith("the", StringComparison.Ordinal)) Assert.True(await found.CountAsync() == 0, address);
    }

    // What a name may have: one line, nothing that cannot be seen.
    private static string Line(string text, int most) => string.Concat(text.Where(sign => !char.IsControl(sign)))[..Math.Min(most, 70)];

    private static string Description(string html) => $$$"""
        portal: 1
        name: hostile
        title: {{{Quoted(Line(html, 200))}}}
        description: {{{Quoted(html.Replace("\u001b", "", StringComparison.Ordinal))}}}
        parameters:
          html: { type: text, title: {{{Quoted(Line(html, 100))}}}, default: "" }
          code: { type: integer, default: 0, unit: "<b>m" }
        environment:
          TOP: ${{ parameters.html }}
        steps:
          - id: a
            title: {{{Quoted(Line(html, 100))}}}
            script: |
              printf '%s\n' "$PARAM_HTML"; printf '%s\n' "$PARAM_HTML" >&2
              printf '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hostile=1"><script>window.hostile=1</script></svg>' > a.svg
              printf 'name,value\n%s,1\n' "$PARAM_HTML" > a.csv
              printf '%s\n' "$PARAM_HTML" > a.md
              printf '<html>%s</html>' "$PARAM_HTML" > a.html
              exit "$PARAM_CODE"
            resources: { time: 5m }
        outputs:
          - { from: a.svg, to: "endpoint://data/hostile/${{ run.id }}/a.svg" }
          - { from: a.csv, to: "endpoint://data/hostile/${{ run.id }}/<hostile> '\"$(touch canary).csv" }
          - { from: a.md, to: "endpoint://data/hostile/${{ run.id }}/a.md" }
          - { from: a.html, to: "endpoint://data/hostile/${{ run.id }}/<img src=x onerror=window.hostile=1>.html" }
        """;

    private static string Quoted(string text) => JsonSerializer.Serialize(text, new JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
