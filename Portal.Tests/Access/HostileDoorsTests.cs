using System.Text.Json;

namespace Portal.Tests.Access;

/// <summary>Hostile strings through every input of each door of a portal: ten thousand, a quarter for each of them. Nothing is
/// executed, nothing becomes a part of an answer, nothing fails inside, and of what is refused nothing is left.</summary>
public sealed class HostileDoorsTests(HostileDoors doors) : IClassFixture<HostileDoors>
{
    private const int Count = 2_500;

    // What costs as much as a password gets so many each.
    private const int Few = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GraphQL", 300, 20_34)]
    [InlineData("REST", 100, 20_35)]
    [InlineData("pages", 80, 20_36)]
    [InlineData("files, OAuth and headers", 120, 20_37)]
    public async Task A_quarter_of_ten_thousand_hostile_strings_does_nothing(string door, int least, int seed)
    {
        var inputs = doors.Inputs[door];
        var found = string.Join(", ", inputs.Select(input => input.Name));
        Assert.True(inputs.Count >= least, $"only {inputs.Count} inputs were found: {found}");
        var strings = HostileStrings.Make(Count, doors.Canary, seed);
        var (cheap, dear) = (inputs.Where(input => !input.Dear).ToList(), inputs.Where(input => input.Dear));
        var sent = Enumerable.Range(0, Count).Select(number => (Input: cheap[number % cheap.Count], Text: strings[number]))
            .Concat(dear.SelectMany((input, at) => Enumerable.Range(0, Few).Select(number => (Input: input,
                Text: strings[(at * Few + number) % Count]))));
        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel },
            async (one, cancel) =>
        {
            var fault = (await one.Input.SendAsync(doors.Ground, one.Text, cancel)).Fault;
            Assert.True(fault is null, $"{one.Input.Name} with {JsonSerializer.Serialize(one.Text)}: {fault}");
        });
        await doors.NothingHappenedAsync();
    }

    [Fact]
    public async Task Of_what_is_refused_nothing_is_left()
    {
        var strings = HostileStrings.Make(500, doors.Canary, seed: 20_31);
        var (refused, number) = (0, 0);
        var before = await doors.CountAsync();
        foreach (var input in doors.Inputs.Values.SelectMany(inputs => inputs))
        {
            var text = strings[number++ % strings.Count];
            var answer = await input.SendAsync(doors.Ground, text, Cancel);
            var after = await doors.CountAsync();
            if (answer.Refused)
            {
                refused++;
                var more = after.Where(count => before.GetValueOrDefault(count.Key) != count.Value).Select(count =>
                    $"{count.Key} {count.Value}");
                Assert.True(!more.Any(),
                    $"{input.Name} with {JsonSerializer.Serialize(text)} was refused and left {string.Join(", ", more)}");
            }
            before = after;
        }
        Assert.True(refused > 300, $"only {refused} were refused");
    }
}
