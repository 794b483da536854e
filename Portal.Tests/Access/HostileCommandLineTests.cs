using System.CommandLine;
using System.Text.Json;
using Portal.Cli;
using Portal.Tests.Cli;

namespace Portal.Tests.Access;

/// <summary>Hostile strings as arguments of the command line: ten thousand are read as what they are, wherever they can stand,
/// and every command ends with one of its own exit codes, without a failure of its own.</summary>
public sealed class HostileCommandLineTests(HostileDoors doors) : IClassFixture<HostileDoors>
{
    private const int Count = 10_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_argument_is_what_was_typed()
    {
        var root = PortalCommand.Make();
        var places = Leaves(root, []).SelectMany(leaf => Places(leaf.Command).Select(place => (leaf.Path, leaf.Command,
            Place: place))).ToList();
        Assert.True(places.Count > 100, $"only {places.Count} places were found");
        // A file that an argument could name, had it the meaning that it has elsewhere.
        File.WriteAllText(doors.Canary + ".rsp", "--help");
        // No argument of a process holds NUL (execve(2)).
        foreach (var (number, text) in HostileStrings.Make(Count, doors.Canary, seed: 20_32)
            .Select(text => text.Replace('\0', '\u0001')).Append($"@{doors.Canary}.rsp").Index())
        {
            var (path, command, place) = places[number % places.Count];
            string[] line = [.. path, .. Needed(command, place), .. place is Option option ? (string[])[option.Name, text]
                : [text]];
            var parsed = root.Parse(line, PortalCommand.Reading);
            if (text.Length > 0 && text[0] != '-' && parsed.Errors.Count == 0)
                Assert.True(parsed.Tokens.Any(token => token.Value == text),
                    $"{string.Join(' ', path)}: {JsonSerializer.Serialize(text)} was read as another");
        }
        Assert.Contains(root.Parse(["run", "show", $"@{doors.Canary}.rsp"], PortalCommand.Reading).Tokens, token =>
            token.Value[0] == '@');
    }

    [Fact]
    public async Task Every_command_ends_by_one_of_its_exit_codes()
    {
        using var shell = new CommandLine();
        var strings = HostileStrings.Make(400, doors.Canary, seed: 20_33).Where(text => text.Length > 0 && !text.Contains('\0',
            StringComparison.Ordinal)).ToList();
        var environment = CommandLine.SignedIn(new(doors.Ground.Program.BaseAddress!.ToString()), doors.Ground.Token);
        environment["PORTAL_SECURITY_TOKEN"] = "x";
        var leaves = Leaves(PortalCommand.Make(), []).Index().ToList();
        Assert.True(leaves.Count > 30, $"only {leaves.Count} commands were found");
        await Parallel.ForEachAsync(leaves, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Cancel },
            async (one, _) =>
        {
            var (number, (path, command)) = one;
            string[] line = [.. path, .. command.Arguments.Select((_, at) => strings[(number * 7 + at) % strings.Count])];
            var ended = await shell.RunAsync("", environment, line);
            var told = $"{JsonSerializer.Serialize(line)}: {ended.ExitCode} {ended.Output}{ended.Error}";
            Assert.True(ended.ExitCode is >= 0 and <= 5, told);
            Assert.False(ended.Error.Contains("Unhandled exception", StringComparison.Ordinal) || ended.Error.Contains("   at ",
                StringComparison.Ordinal), told);
            Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        });
        await doors.NothingHappenedAsync();
    }

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) =>
        command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(inner => Leaves(inner, [.. path, inner.Name]));

    private static IEnumerable<Symbol> Places(Command command) => [.. command.Arguments, .. command.Options.Where(option =>
        option.Arity.MaximumNumberOfValues > 0)];

    // What must stand beside the place.
    private static IEnumerable<string> Needed(Command command, Symbol place) =>
    [
        .. command.Options.Where(option => option.Required && option != place).SelectMany(option => (string[])[option.Name, "1"]),
        .. command.Arguments.TakeWhile(argument => argument != place).Select(_ => "1"),
    ];
}
