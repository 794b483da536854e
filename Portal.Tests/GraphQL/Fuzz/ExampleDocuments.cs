namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Documents for <see cref="ExampleSchemas.Pets"/>, made by hand: what each section of the specification allows, and what it
/// forbids, in words of our own. They stand in the files of Corpus.
/// </summary>
public static class ExampleDocuments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Read("selections"), .. Read("merging"), .. Read("values"), .. Read("variables")];

    private static IEnumerable<string> Read(string name)
    {
        using var file = typeof(ExampleDocuments).Assembly.GetManifestResourceStream($"corpus/{name}.graphql")!;
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        return text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].TrimEnd('\n').Split("\n\n");
    }
}
