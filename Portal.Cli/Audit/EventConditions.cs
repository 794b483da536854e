using System.CommandLine;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Audit;

/// <summary>Which events of the record a command is about: options that must all hold.</summary>
internal sealed class EventConditions
{
    private readonly Option<string[]> types = new("--type", "-t")
    {
        Description = "Only those of this type, such as run_failed; may be given several times", AllowMultipleArgumentsPerToken = true,
    };

    private readonly (Option<string?> Option, string Name, string? Kind)[] others =
    [
        (new("--project", "-p") { Description = "Key of the project; else all whose events you may read" }, "project", "Project"),
        (new("--from") { Description = "Only those recorded at this time or later: 2026-05-04T10:00:00Z" }, "from", null),
        (new("--until") { Description = "Only those recorded before this time" }, "until", null),
        (new("--actor") { Description = "Only those caused by this person or access token, by the id that stands in events" }, "actor", null),
        (new("--door") { Description = "Only those that came by this door: page, graphql, rest, cli or worker" }, "door", null),
        (new("--machine", "-m") { Description = "Key of the machine: what is about it, and runs on it" }, "machine", "Machine"),
        (new("--credential") { Description = "Key of the credential: what is about it, and runs that use it" }, "credential", "Credential"),
        (new("--run", "-r") { Description = "Key of the run" }, "run", "Run"),
        (new("--report") { Description = "Only those of runs that a number of a report was folded from: from=2026-10&show=failed" }, "report", null),
        (new("--correlation") { Description = "Only what this request led to" }, "correlation", null),
        (new("--text") { Description = "Only those in which all of these words stand, as whole words" }, "text", null),
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(types);
        foreach (var (option, _, _) in others) command.Add(option);
    }

    /// <summary>What was given, as GraphQL takes it: the project, and the filter.</summary>
    public (string? Project, Dictionary<string, object?> Where) Variables(ParseResult parsed)
    {
        var given = Given(parsed).ToDictionary(one => one.Name, one => (object?)(one.Kind is null ? one.Value : Id(one.Kind, one.Value)));
        given.Remove("project", out var project);
        if (parsed.GetValue(types) is { Length: > 0 } some) given["types"] = some;
        return (project as string, given);
    }

    /// <summary>What was given, as the query of an address.</summary>
    public string Query(ParseResult parsed) => string.Join('&', Given(parsed).Select(one => (one.Name, one.Value))
        .Concat((parsed.GetValue(types) ?? []).Select(type => (Name: "type", Value: type)))
        .Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));

    private IEnumerable<(string Name, string? Kind, string Value)> Given(ParseResult parsed) =>
        from other in others
        let value = parsed.GetValue(other.Option)
        where value is not null
        select (other.Name, other.Kind, value);

    private static string Id(string kind, string given) => GlobalId.Of(kind, given)
        ?? throw new UsageException($"{given} is no key of a {kind.ToLowerInvariant()}: 32 hexadecimal digits.");
}
