using System.Text.RegularExpressions;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Architecture;

/// <summary>The rules of who may import whom: by the assemblies' references, and by the text of the sources.</summary>
public sealed partial class ImportRules
{
    private static readonly Dictionary<string, string[]> Doors = new()
    {
        ["Portal.EventStore"] = [],
        ["Portal.GraphQL"] = [],
        ["Portal.Domain"] = ["Portal.EventStore"],
        ["Portal.Jobs"] = ["Portal.Domain", "Portal.EventStore"],
        ["Portal.Cli"] = ["Portal.Jobs", "Portal.Domain", "Portal.EventStore"],
        ["Portal.Web"] = ["Portal.Jobs", "Portal.Domain", "Portal.EventStore", "Portal.GraphQL"],
    };

    public static TheoryData<string> Rooms => [.. Doors.Keys];

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_the_rooms_it_may(string room)
    {
        var project = File.ReadAllText(Repository.PathOf($"{room}/{room}.csproj"));
        var referred = ProjectReference().Matches(project).Select(match => match.Groups["name"].Value);
        var used = Sources(room).SelectMany(source => UsedRoom().Matches(source.Text).Select(match => match.Groups["room"].Value))
            .Where(name => name != room && Doors.ContainsKey(name));

        Assert.Empty(referred.Concat(used).Except(Doors[room]));
    }

    [Fact]
    public void The_domain_does_no_io_and_knows_no_clock_and_no_chance() => AssertAbsent("Portal.Domain", "",
        @"\busing (Microsoft\.AspNetCore|Npgsql|Quartz|Radzen|System\.Diagnostics\.Process|System\.Net\.Sockets|System\.IO)\b",
        @"\b(File|Directory|Process|Socket)\.\w+\(",
        @"DateTimeOffset\.(UtcNow|Now)", @"DateTime\.(UtcNow|Now)", @"Guid\.(NewGuid|CreateVersion7)", @"\bnew Random\b", @"Random\.Shared",
        @"RandomNumberGenerator\.");

    [Fact]
    public void Jobs_know_no_web_and_no_pages() => AssertAbsent("Portal.Jobs", "", @"\busing (Microsoft\.AspNetCore|Radzen|Portal\.GraphQL)\b");

    [Fact]
    public void Quartz_is_spoken_to_in_the_queue_alone() => AssertOnlyIn("Portal.Jobs", ["Queue"], @"\busing Quartz\b");

    [Fact]
    public void Ssh_is_called_in_OpenSsh_alone() =>
        AssertOnlyIn("Portal.Jobs", ["Sites/OpenSsh"], "\"(/usr/bin/)?(ssh|ssh-agent|ssh-add|ssh-keygen|ssh-keyscan)\"");

    [Fact]
    public void Curl_is_called_in_transfers_alone() => AssertOnlyIn("Portal.Jobs", ["Transfers"], "\"(/usr/bin/)?curl\"|exec curl");

    [Fact]
    public void Git_is_called_in_code_alone() => AssertOnlyIn("Portal.Jobs", ["Code"], "\"(/usr/bin/)?git\"");

    [Fact]
    public void No_door_appends_events() => AssertAbsent("Portal.Web", "", @"\bIEventStore\b[^;]*\.AppendAsync", @"\bLedger\b.*\.AppendAsync", @"new StreamAppend\(");

    [Fact]
    public void Concrete_classes_of_jobs_are_named_in_composition_alone() => AssertOnlyIn("Portal.Web", ["Composition"], @"\busing Portal\.Jobs\b");

    [Fact]
    public void The_engine_of_GraphQL_knows_no_web_but_in_its_transports() =>
        AssertOnlyIn("Portal.GraphQL", ["Transport"], @"\busing Microsoft\.(AspNetCore|Net\.Http|Extensions(?!\.DependencyInjection;))\b");

    [Fact]
    public void Components_know_no_graphql_and_graphql_no_components()
    {
        AssertAbsent("Portal.Web", "Components/", @"\busing Portal\.(GraphQL|Web\.GraphQL)\b");
        AssertAbsent("Portal.Web", "GraphQL/", @"\busing (Radzen|Portal\.Web\.Components)\b");
    }

    [Fact]
    public void Sources_are_found_at_all() => Assert.All(Doors.Keys.Where(room => room != "Portal.GraphQL"), room => Assert.NotEmpty(Sources(room)));

    private static void AssertAbsent(string room, string folder, params string[] patterns) =>
        Assert.Empty(Sources(room).Where(source => source.Path.StartsWith(folder, StringComparison.Ordinal)).SelectMany(source => Found(source, patterns)));

    private static void AssertOnlyIn(string room, string[] folders, params string[] patterns) =>
        Assert.Empty(Sources(room).Where(source => !folders.Any(folder => source.Path.StartsWith(folder + "/", StringComparison.Ordinal)))
            .SelectMany(source => Found(source, patterns)));

    private static IEnumerable<string> Found((string Path, string Text) source, string[] patterns) =>
        from line in source.Text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        from pattern in patterns
        where Regex.IsMatch(line, pattern)
        select $"{source.Path}: {line.Trim()}";

    private static IEnumerable<(string Path, string Text)> Sources(string room)
    {
        var root = Repository.PathOf(room);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Select(path => (Path: Path.GetRelativePath(root, path).Replace('\\', '/'), Full: path))
            .Where(source => !source.Path.StartsWith("obj/", StringComparison.Ordinal) && !source.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(source => (source.Path, File.ReadAllText(source.Full)));
    }

    [GeneratedRegex(@"<ProjectReference Include=""\.\./(?<name>[\w.]+)/")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"(?:^|\n)@?using (?:static )?(?<room>Portal\.\w+)")]
    private static partial Regex UsedRoom();
}
