using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>All that both sides are asked; the same cases in each run.</summary>
public static class ReferenceCases
{
    private const int Seed = 92025;
    private const int Schemas = 30;
    private const int DocumentsOfEach = 24;
    private const int ExecutedOfEach = 80;

    /// <summary>Texts that are hardly documents.</summary>
    public static IEnumerable<ReferenceCase> OfSyntax()
    {
        var mutator = new DocumentMutator(new Random(Seed));
        string[] seeds = [.. NastyDocuments.Seeds, .. ExampleSchemas.All, .. ExampleDocuments.All];
        return seeds.Concat(seeds.SelectMany(seed => Enumerable.Range(0, 4).Select(_ => mutator.Mutate(seed, odd: true))))
            .Select(text => new ReferenceCase("syntax", null, text));
    }

    /// <summary>Definitions, right and wrong.</summary>
    public static IEnumerable<ReferenceCase> OfSchemas()
    {
        var mutator = new DocumentMutator(new Random(Seed + 1));
        string[] seeds = [.. ExampleSchemas.All, .. Generated().Take(12)];
        return seeds.Concat(seeds.SelectMany(seed => Enumerable.Range(0, 30).Select(_ => mutator.Mutate(seed))))
            .Select(sdl => new ReferenceCase("schema", sdl, IntrospectionText.Query));
    }

    /// <summary>Documents made by hand, and what comes of them by chance.</summary>
    public static IEnumerable<ReferenceCase> OfExamples()
    {
        var mutator = new DocumentMutator(new Random(Seed + 2));
        string[] seeds = [.. ExampleDocuments.All, .. NastyDocuments.Seeds];
        return seeds.Concat(seeds.SelectMany(seed => Enumerable.Range(0, 6).Select(_ => mutator.Mutate(seed))))
            .Select(text => new ReferenceCase("validate", ExampleSchemas.Pets, text));
    }

    /// <summary>Documents made by chance for schemas made by chance.</summary>
    /// <param name="manners">How far they keep the rules.</param>
    /// <param name="mutated">Whether they are damaged.</param>
    public static IEnumerable<ReferenceCase> OfGenerated(Manners manners, bool mutated)
    {
        var random = new Random(Seed + 10 + (int)manners + (mutated ? 5 : 0));
        var mutator = new DocumentMutator(random);
        foreach (var sdl in Generated().Append(ExampleSchemas.Pets))
        {
            var generator = new DocumentGenerator(Schema.FromSdl(sdl), random, manners);
            for (var i = 0; i < DocumentsOfEach; i++)
            {
                var text = generator.Generate();
                yield return new ReferenceCase("validate", sdl, mutated ? mutator.Mutate(text) : text);
            }
        }
    }

    /// <summary>Documents that are right, with data and values of variables that are mostly so.</summary>
    public static IEnumerable<ReferenceCase> OfExecution()
    {
        var random = new Random(Seed + 50);
        foreach (var sdl in Generated().Append(ExampleSchemas.Pets))
        {
            var schema = Schema.FromSdl(sdl);
            var data = new DataGenerator(schema, random);
            foreach (var manners in Enum.GetValues<Manners>())
            {
                var generator = new DocumentGenerator(schema, random, manners);
                var objects = data.Objects().ToJsonString();
                for (var i = 0; i < ExecutedOfEach; i++)
                {
                    var text = generator.Generate();
                    if (Parser.TryParse(text, out var document, out _) && IsExecuted(schema, document))
                    {
                        yield return new ReferenceCase("execute", sdl, text)
                        {
                            Data = objects, Variables = data.Variables(document).ToJsonString(),
                            Operation = document.Definitions.Length > 1 && random.Next(4) > 0 ? "Op1" : null,
                        };
                    }
                }
            }
        }
    }

    // What is not right is for the rules; the events of subscriptions come later.
    private static bool IsExecuted(Schema schema, DocumentNode document) =>
        document.Definitions.OfType<OperationDefinitionNode>().All(one => one.Operation != OperationKind.Subscription)
        && DocumentValidator.Validate(schema, document).IsEmpty;

    private static IEnumerable<string> Generated() =>
        Enumerable.Range(0, Schemas).Select(i => new SchemaGenerator(new Random(Seed + 100 + i)).Generate());
}
