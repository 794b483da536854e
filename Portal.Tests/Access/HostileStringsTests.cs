using System.Text.Json;
using Portal.Tests.Browser;

namespace Portal.Tests.Access;

/// <summary>Ten thousand hostile strings through every input of GraphQL and REST of a portal on the real site: nothing is
/// executed, nothing becomes a part of a page, nothing fails inside, every run ends by name. What goes to each door alone is in
/// <see cref="HostileDoorsTests"/>.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class HostileStringsTests(HostileSite site) : IClassFixture<HostileSite>
{
    private const int Count = 10_000;

    private static readonly string[] Takes = ["retire", "remove", "revoke", "delete", "change", "leave", "unshare", "disable",
        "end", "put", "patch"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_hostile_strings_do_nothing()
    {
        var ground = site.Ground;
        (ground.Things["Machine"], ground.SecurityToken) = site.Machine;
        ground.Things["Run"] = await site.SubmitAsync(HostileDescriptions.Values(1), name: "before");
        Assert.Equal("Succeeded", (await site.EndAsync(ground.Things["Run"])).Phase);
        var inputs = (IReadOnlyList<HostileInput>)
            [.. HostileGraphQL.Of(ground), .. await HostileRest.OfAsync(ground, Cancel)];
        Assert.True(inputs.Count > 150, $"only {inputs.Count} inputs were found");
        var strings = HostileStrings.Make(Count, site.Canary, seed: 20_26, site.Listener);
        // What may take away or bend what the others ask about comes last, and when every run that they began is over.
        foreach (var turn in inputs.Index().GroupBy(input => Takes.Any(word => input.Item.Name.StartsWith(word,
            StringComparison.Ordinal)))
            .OrderBy(turn => turn.Key))
        {
            await Parallel.ForEachAsync(turn.SelectMany(input => Enumerable.Range(0, Count).Where(number =>
                number % inputs.Count == input.Index)
                .Select(number => (input.Item, Text: strings[number]))), new ParallelOptions { MaxDegreeOfParallelism = 4,
                    CancellationToken = Cancel },
                async (sent, cancel) =>
                {
                    var fault = (await sent.Item.SendAsync(ground, sent.Text, cancel)).Fault;
                    Assert.True(fault is null, $"{sent.Item.Name} with {JsonSerializer.Serialize(sent.Text)}: {fault}");
                });
            var ended = await EveryRunEndsAsync();
            Assert.True(ended > 20, $"only {ended} runs came of it");
        }
        await site.NothingHappenedAsync();
        await NothingIsRenderedAsync();
    }

    // Each succeeds, or ends by name.
    private async Task<int> EveryRunEndsAsync()
    {
        var ended = 0;
        for (string? after = "first"; after is not null;)
        {
            var page = await site.Program.GetAsync($"runs?limit=100{(after == "first" ? "" : $"&after={after}")}", Cancel);
            foreach (var run in page.GetProperty("items").EnumerateArray())
            {
                var (phase, failure, _) = await site.EndAsync(run.GetProperty("id").GetString()!);
                ended++;
                Assert.True(phase == "Succeeded" || (phase is "Failed" or "Cancelled" && failure is not "Unknown"),
                    $"{phase} {failure}");
            }
            after = page.GetProperty("next").GetString();
        }
        return ended;
    }

    // What was taken stands in lists by now.
    private async Task NothingIsRenderedAsync()
    {
        var visit = site.Ground.Visit;
        foreach (var page in (string[])["/projects", "/machines", "/workflows", "/data", "/runs", "/account/tokens",
            "/account/sessions", "/admin/users",
            "/admin/invitations", "/admin/holds", $"/projects/{site.Ground.Project}"])
        {
            await visit.OpenAsync(page);
            await visit.Page.Locator("main").WaitForAsync();
            Assert.Null(await visit.Page.EvaluateAsync<int?>("window.hostile ?? null"));
            Assert.Equal(0, await visit.Page.Locator($"{HostileStrings.Mark}, [onerror], [onload], a[href^='javascript:']").CountAsync());
        }
        Assert.Empty(visit.Errors);
    }
}
