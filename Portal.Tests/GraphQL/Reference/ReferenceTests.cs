using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// Whether this engine says what the reference implementation says, word by word: why a text is no document and where, how
/// a document is printed, what is wrong with definitions, with a schema and with a document, by rule and in order, how a
/// schema is printed and what it says of itself.
/// </summary>
public sealed class ReferenceTests(ReferenceImplementation reference) : IClassFixture<ReferenceImplementation>
{
    private const int MostShown = 5;
    private readonly OurAnswers _ours = new();

    [Fact]
    public Task Texts_are_read_refused_and_printed_as_by_the_reference() =>
        CompareAsync([.. ReferenceCases.OfSyntax()], least: 500);

    [Fact]
    public Task Schemas_are_refused_printed_and_described_as_by_the_reference() =>
        CompareAsync([.. ReferenceCases.OfSchemas()], least: 500);

    [Fact]
    public Task Examples_and_what_comes_of_them_are_validated_as_by_the_reference() =>
        CompareAsync([.. ReferenceCases.OfExamples()], least: 800);

    [Theory]
    [InlineData(Manners.Good, false)]
    [InlineData(Manners.Good, true)]
    [InlineData(Manners.Crowded, false)]
    [InlineData(Manners.Crowded, true)]
    [InlineData(Manners.Wild, false)]
    [InlineData(Manners.Wild, true)]
    public Task Documents_made_by_chance_are_validated_as_by_the_reference(Manners manners, bool mutated) =>
        CompareAsync([.. ReferenceCases.OfGenerated(manners, mutated)], least: 700);

    [Fact]
    public Task Documents_are_executed_as_by_the_reference() =>
        CompareAsync([.. ReferenceCases.OfExecution()], least: 2000);

    [Fact]
    public void Most_well_mannered_documents_are_right()
    {
        var answers = ReferenceCases.OfGenerated(Manners.Good, mutated: false).Select(_ours.To).ToList();
        Assert.DoesNotContain(answers, answer => answer.ContainsKey("syntax"));
        Assert.InRange(answers.Count(answer => answer["errors"].Length == 0), answers.Count * 9 / 10, answers.Count);
    }

    private async Task CompareAsync(ReferenceCase[] cases, int least)
    {
        Assert.InRange(cases.Length, least, int.MaxValue);
        var answers = await reference.AskAsync(cases);
        var (unlike, known) = (new List<string>(), 0);
        for (var i = 0; i < cases.Length; i++)
        {
            var ours = _ours.To(cases[i]);
            if (Same(answers[i], ours))
            {
                continue;
            }
            if (KnownDifferences.Between(answers[i], ours) is not null)
            {
                known++;
                continue;
            }
            unlike.Add(
                $"{cases[i].Kind}: {cases[i].Document}\nof {cases[i].Schema}\nreference: {Show(answers[i])}\nours: {Show(ours)}");
        }
        Assert.True(unlike.Count == 0, $"{unlike.Count} differ:\n{string.Join("\n\n", unlike.Take(MostShown))}");
        Assert.InRange(known, 0, cases.Length / 20);
    }

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static string Show(Dictionary<string, string> answer) =>
        string.Join("\n  ", answer.Where(pair => pair.Key != "parsed").Select(pair => $"{pair.Key}: {pair.Value}"));
}
