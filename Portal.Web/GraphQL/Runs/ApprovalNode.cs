using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Runs;

/// <summary>The second look that a project wants at a run.</summary>
/// <param name="run">The run.</param>
/// <param name="state">How far it is.</param>
[ObjectType("Approval")]
public sealed class ApprovalNode(Run run, ApprovalState state)
{
    internal Run Run => run;

    internal ApprovalState State => state;

    /// <summary>How far it is.</summary>
    public ApprovalStage Stage => state.Stage;

    /// <summary>Why somebody is asked, or was.</summary>
    public IReadOnlyList<ApprovalReason> Reasons => state.Reasons;

    /// <summary>SHA-256 over all that would run, lower-case hex, once it is known: what a decision is bound to.</summary>
    public string? Hash => state.Hash;

    /// <summary>The part of it over the description and its scripts.</summary>
    public string? Scripts => state.Scripts;

    /// <summary>The part of it over the files of the code; null where the run brings none.</summary>
    public string? Files => state.Files;

    /// <summary>Core hours that the run asks for; null where a step has no time limit.</summary>
    public double? CoreHours => state.CoreHours;

    /// <summary>Since when it waits, or did.</summary>
    public DateTimeOffset? AskedAt => state.AskedAt;

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt => state.DecidedAt;

    /// <summary>What was said about it.</summary>
    public string? Comment => state.Comment;

    /// <summary>The project's rules that hold for the run.</summary>
    public ApprovalRules Rules => state.Rules;

    /// <summary>Through which door the run was sent: page, graphql, rest or cli.</summary>
    public string? Door => run.Sender?.Door;
}

/// <summary>What is looked up about a second look.</summary>
[ObjectType<ApprovalNode>]
public static class ApprovalFields
{
    /// <summary>Who decided.</summary>
    public static Task<Person?> GetDecidedByAsync([Parent] ApprovalNode approval, PersonLoader people) =>
        approval.State.DecidedBy is { } person ? people.LoadAsync(person) : Task.FromResult<Person?>(null);

    /// <summary>
    /// The name of the access token that the run was sent with; null if a person was signed in, or the token was taken back.
    /// </summary>
    [Cost(RunFields.Folding)]
    public static async Task<string?> GetClientAsync([Parent] ApprovalNode approval, ApprovalLoader approvals) =>
        (await ShownAsync(approval, approvals))?.Client;

    /// <summary>Whether who asks may approve the run: their own not everybody may, and no access token does.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<bool> GetMayApproveAsync([Parent] ApprovalNode approval, ApprovalLoader approvals) =>
        await ShownAsync(approval, approvals) is { Approves: true };

    /// <summary>
    /// The run of the same workflow that was approved last: its description is what this one's is compared with.
    /// </summary>
    [Cost(RunFields.Folding)]
    public static async Task<RunNode?> GetLastApprovedAsync([Parent] ApprovalNode approval, ApprovalLoader approvals) =>
        await ShownAsync(approval, approvals) is { Before: { } before } ? RunNode.Of(before) : null;

    private static ValueTask<ShownApproval?> ShownAsync(ApprovalNode approval, ApprovalLoader approvals) =>
        new(approvals.LoadAsync(approval.Run.Request.RunId));
}

/// <summary>Looks up what is shown beside a second look, once for each run.</summary>
/// <param name="shown">Shows one.</param>
public sealed class ApprovalLoader(ShowApprovalHandler shown) : DataLoader<Id<Run>, ShownApproval>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Run>, ShownApproval> batch, CancellationToken cancel)
    {
        foreach (var id in batch.Keys)
            if ((await shown.HandleAsync((Caller)Caller!, id, cancel)).OrNull() is { } approval) batch.Set(id, approval);
    }
}
