using Portal.GraphQL.Types;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Benchmarks.Fuzz;

/// <summary>Documents that were damaged: those of the tests' corpus, and some made by chance.</summary>
/// <param name="schema">What they are about.</param>
/// <param name="random">What decides.</param>
public sealed class FuzzedDocuments(Schema schema, Random random)
{
    private const int LongTokens = 200;

    private static readonly string[] Corpus =
    [
        .. ExampleDocuments.All, .. NastyDocuments.Seeds, .. LongDocuments.All(LongTokens).Select(document => document.Text),
    ];

    private readonly DocumentMutator mutator = new(random);
    private readonly DocumentGenerator[] generators =
        [.. Enum.GetValues<Manners>().Select(manners => new DocumentGenerator(schema, random, manners))];

    /// <summary>One more.</summary>
    public string Next()
    {
        var text = random.Next(2) == 0
            ? generators[random.Next(generators.Length)].Generate()
            : Corpus[random.Next(Corpus.Length)];
        return random.Next(8) == 0 ? text : mutator.Mutate(text, odd: random.Next(2) == 0);
    }

    /// <summary>Values for the variables that documents of the corpus have, right and wrong.</summary>
    public Dictionary<string, object?> Variables()
    {
        object?[] values = [null, true, 1, -1L, 1.5, "text", "SIT", new object?[] { 1, null },
            new OrderedDictionary<string, object?> { ["name"] = "a", ["x"] = 1 }];
        return new[] { "a", "b", "c", "v0", "v1", "v2", "id", "filter" }.Where(_ => random.Next(2) == 0)
            .ToDictionary(name => name, _ => values[random.Next(values.Length)]);
    }
}
