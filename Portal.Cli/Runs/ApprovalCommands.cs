using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run approvals</c> and <c>approval</c>: what waits for a second look. They read; people decide on the pages,
/// since no access token does.</summary>
public static class ApprovalCommands
{
    /// <summary>Lists what waits.</summary>
    public static Command List() =>
        new Command("approvals", "Runs that wait for your approval, in all your projects").Does(async (parsed, portal, cancel) =>
        {
            var waiting = await portal.ListAsync<ApprovingViewer, WaitingRun>(RunCommands.Operation("ListApprovals"),
                after => new { after }, viewer => viewer.Approvals, cancel).ToListAsync(cancel);
            parsed.Show(waiting, () => Print.Table(waiting, ("key", run => run.Key), ("name", run => run.Name),
                ("project", run => run.Project?.Name ?? ""), ("machine", run => run.MachineName),
                ("by", run => run.SubmittedBy?.Name ?? "erased"), ("why", run => Reasons(run.Approval)),
                ("since", run => Print.Time(run.PhaseSince))));
            return ExitCode.Well;
        });

    /// <summary>Shows the second look at one run.</summary>
    public static Command Show()
    {
        var run = RunCommands.Run();
        var command = new Command("approval", "The second look that its project wants at a run") { run };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new { id = parsed.RunId(run) };
            var found = await portal.AskAsync<Approvable>(RunCommands.Operation("ShowApproval"), input, cancel);
            if (found.Approval is not { } approval)
                throw new RefusedException([new("NOT_FOUND", "The project wanted no second look at this run.")]);
            parsed.Show(approval, () => Print.Fields(("Stage", Words.Of(approval.Stage)), ("Why", Reasons(approval)),
                ("SHA-256", approval.Hash), ("of its files", approval.Files), ("Core hours", $"{approval.CoreHours}"),
                ("Sent", $"{approval.Door} {approval.Client}".Trim()), ("Asked", Print.Time(approval.AskedAt)),
                ("Decided", approval.DecidedBy?.Name), ("Comment", approval.Comment),
                ("Decide", approval.Stage == "WAITING" ? $"on the page /runs/{found.Key}" : null)));
            return ExitCode.Well;
        });
    }

    private static string Reasons(Approval? approval) => string.Join(", ", (approval?.Reasons ?? []).Select(Words.Of));

    private sealed record ApprovingViewer(Connection<WaitingRun> Approvals);

    private sealed record WaitingRun(string Key, string Name, string MachineName, DateTimeOffset PhaseSince, Named? Project,
        Named? SubmittedBy, Approval? Approval);

    private sealed record Named(string? Name);

    private sealed record Approvable(string Key, Approval? Approval);

    private sealed record Approval(string Stage, IReadOnlyList<string> Reasons, string? Hash, string? Files, double? CoreHours,
        string? Door, string? Client, DateTimeOffset? AskedAt, Named? DecidedBy, string? Comment);
}
