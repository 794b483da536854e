using System.Globalization;
using Portal.Domain.Projects;
using Portal.Domain.Runs;

namespace Portal.Web.Components.Runs;

/// <summary>Second looks in plain words.</summary>
public static class ApprovalWords
{
    /// <summary>Why somebody is asked, in two or three words.</summary>
    public static string Reason(ApprovalReason reason) => reason switch
    {
        ApprovalReason.NewCode => "new code",
        ApprovalReason.EveryRun => "asked every time",
        ApprovalReason.NewMachine => "new machine",
        _ => "over the budget",
    };

    /// <summary>The same in a sentence.</summary>
    public static string Says(ApprovalReason reason, ApprovalState state) => reason switch
    {
        ApprovalReason.NewCode => "What it runs was neither approved nor run in this project before.",
        ApprovalReason.EveryRun => "This project asks about every run.",
        ApprovalReason.NewMachine => "No run of this project has been approved for this machine.",
        _ => state.CoreHours is { } hours
            ? $"It asks for {Hours(hours)}; up to {Hours(state.Rules.CoreHours ?? 0)} pass."
            : $"A step has no time limit, and up to {Hours(state.Rules.CoreHours ?? 0)} pass.",
    };

    /// <summary>Core hours with their unit.</summary>
    public static string Hours(double hours) =>
        $"{hours.ToString(hours < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture)} core {(hours == 1 ? "hour" : "hours")}";

    /// <summary>What a run asks for.</summary>
    public static string Asked(ApprovalState state) => state.CoreHours is { } hours ? Hours(hours) : "no limit: a step has none";

    /// <summary>Through which door a run was sent, with what.</summary>
    public static string Sent(Sender? sender, string? client) => sender switch
    {
        null => "",
        { Token: not null } => $", through {Door(sender.Door)}, with the access token {client ?? "that was taken back since"}",
        _ => $", through {Door(sender.Door)}",
    };

    /// <summary>A project's rules in a sentence.</summary>
    public static string Rules(ApprovalRules rules)
    {
        if (!rules.Ask) return "Runs go on without a second look.";
        string?[] about =
        [
            rules.Code switch { CodeRule.New => "new code", CodeRule.Always => "every run", _ => null },
            rules.NewMachine ? "a new machine" : null,
            rules.CoreHours is { } hours ? $"more than {Hours(hours)}" : null,
        ];
        return $"Somebody is asked about {string.Join(", ", about.OfType<string>())}.";
    }

    private static string Door(string door) => door switch
    {
        "page" => "the pages",
        "graphql" => "GraphQL",
        "rest" => "REST",
        "cli" => "the command line",
        _ => door,
    };
}
