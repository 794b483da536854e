using System.Text.Json;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Asks axe-core what stands in the way of people with a disability (WCAG 2.2, A and AA).</summary>
public static class Axe
{
    private static readonly Lazy<Task<string>> Script = new(FetchAsync);

    /// <summary>What axe finds on the page, one line each; empty is good. What others made may be left out, by a selector.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page, params string[] besides)
    {
        // Evaluated by the browser's own debugger, which the page's policy does not bind.
        await page.EvaluateAsync(await Script.Value);
        // What fades in or out has colours that nobody is meant to read.
        await page.EvaluateAsync("() => Promise.allSettled(document.getAnimations()"
            + ".filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished))");
        var found = await page.EvaluateAsync<JsonElement>(
            "async exclude => (await axe.run({ exclude }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations"
            + ".flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))", besides);
        return found.EnumerateArray().Select(line => line.GetString()!).ToList();
    }

    private static async Task<string> FetchAsync() =>
        await File.ReadAllTextAsync(await NpmFolder.FileAsync("axe-core", "axe.min.js"));
}
