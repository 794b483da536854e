using Portal.GraphQL.Language;
using Portal.GraphQL.Validation;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Validation;

public sealed class LimitTests
{
    private const int Tokens = 15_000;
    private const int SmallStack = 512 * 1024;
    private const int Rounds = 10_000;

    public static TheoryData<string> Kinds => [.. LongDocuments.All(1).Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Long_documents_made_to_do_harm_are_answered_on_a_small_stack(string kind)
    {
        var text = LongDocuments.All(Tokens).Single(document => document.Name == kind).Text;
        var document = Parser.Parse(text);
        IReadOnlyList<ValidationError>? errors = null;
        var thread = new Thread(() => errors = DocumentValidator.Validate(Rules.Pets, document), SmallStack);
        thread.Start();
        thread.Join();
        Assert.InRange(errors!.Count, 0, 101);
    }

    [Fact]
    public void The_deepest_documents_are_answered()
    {
        const int Levels = ParseOptions.DeepestAllowed - 10;
        var deep = LongDocuments.Deep("{ dog { ", "mother { ", "name", " }", " } }", Levels);
        string[] documents =
        [
            deep,
            LongDocuments.Deep("{ dog { ", "... { ", "name", " }", " } }", Levels),
            LongDocuments.Deep("{ dog { ", "... on Pet { ", "name", " }", " } }", Levels),
            deep[..^1] + deep[1..],
            LongDocuments.Deep("{ find(filter: ", "{and: [", "", "]}", ") { name } }", Levels / 2),
        ];
        foreach (var text in documents)
        {
            Assert.Empty(DocumentValidator.Validate(Rules.Pets, Parser.Parse(text, ParseOptions.Unlimited)));
        }
    }

    [Fact]
    public void Too_many_fields_to_be_compared_are_refused_in_one_sentence()
    {
        var many = string.Concat(Enumerable.Repeat("... on Dog { a: name } ... on Cat { a: nickname } ", 1200));
        Rules.Check(
            ValidationRules.OverlappingFieldsCanBeMerged,
            $"{{ pet(id: 1) {{ {many} }} }}",
            "Fields conflict, or are too many to be compared. Use different aliases on fields with the same name. (1:14)");
    }

    [Fact]
    public void As_many_fields_that_agree_are_merged()
    {
        Rules.Check(
            ValidationRules.OverlappingFieldsCanBeMerged,
            $"{{ pet(id: 1) {{ {string.Concat(Enumerable.Repeat("... on Dog { a: name } ... on Cat { a: name } ", 1200))} }} }}");
    }

    [Fact]
    public void Whatever_is_done_to_a_document_it_is_right_or_there_are_errors_with_places()
    {
        var mutator = new DocumentMutator(new Random(20259));
        string[] seeds = [.. ExampleDocuments.All, .. NastyDocuments.Seeds];
        var (read, wrong) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            if (!Parser.TryParse(mutator.Mutate(seeds[round % seeds.Length], odd: true), out var document, out _))
            {
                continue;
            }
            read++;
            var errors = DocumentValidator.Validate(Rules.Pets, document);
            wrong += errors.IsEmpty ? 0 : 1;
            Assert.All(errors.Where(error => error.Rule != ValidationRules.None), error =>
            {
                Assert.NotEmpty(error.Locations);
                Assert.All(error.Locations, place => Assert.InRange(place.Start, 0, document.Location.End));
            });
        }
        Assert.True(read > Rounds / 4 && wrong > Rounds / 10, $"{read} read, {wrong} wrong");
    }
}
