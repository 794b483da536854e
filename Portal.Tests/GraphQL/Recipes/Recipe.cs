using System.Text.RegularExpressions;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.Recipes;

/// <summary>A recipe of docs/graphql.md, run exactly as it stands there.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Prose">What is said before it, with what is said before all recipes: names the variables that it takes.</param>
/// <param name="Language">Of its code: bash, python or js.</param>
/// <param name="Code">What is copied.</param>
public sealed partial record Recipe(string Title, string Prose, string Language, string Code)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Recipe> All { get; } = Read(File.ReadAllText(Repository.PathOf("docs", "graphql.md")));

    /// <summary>Runs it in a folder. Of the variables it gets those alone that the page names to its reader.</summary>
    public Task<CommandOutcome> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        string[] command = Language switch
        {
            "bash" => ["bash", "-c", Code],
            "python" => ["python3", "-c", Code],
            "js" => ["node", "--input-type=module", "--eval", Code],
            _ => throw new InvalidOperationException($"{Title}: nothing runs {Language}."),
        };
        var named = variables.Where(variable => Prose.Contains($"`{variable.Key}`", StringComparison.Ordinal));
        return SiteCommand.RunAsync("env", ["-C", folder, .. command], "", named.ToDictionary(), cancel);
    }

    private static List<Recipe> Read(string page)
    {
        var parts = page[page.IndexOf("## Recipes", StringComparison.Ordinal)..].Split("\n### ");
        return [.. parts.Skip(1).Select(part =>
        {
            var code = Fence().Match(part);
            return new Recipe(part[..part.IndexOf('\n', StringComparison.Ordinal)], parts[0] + part[..code.Index],
                code.Groups["language"].Value, code.Groups["code"].Value);
        })];
    }

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
