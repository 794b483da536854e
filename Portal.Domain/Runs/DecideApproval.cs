using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>Approves a run that waits for a second look, or refuses it.</summary>
/// <param name="Id">The run.</param>
/// <param name="Hash">What was looked at: the hash that the run showed. Another is refused.</param>
/// <param name="Approve">Whether it may go on; else it ends.</param>
/// <param name="Comment">What there is to say about it, at most 1,000 characters.</param>
public sealed record DecideApproval(Id<Run> Id, string Hash, bool Approve, string? Comment = null)
{
    /// <summary>The longest comment.</summary>
    public const int LongestComment = 1000;

    /// <summary>The code of the refusal of who would approve their own run.</summary>
    public const string OwnRun = "OWN_RUN";

    /// <summary>Decides on the events, or says why not. The same decision of the same person again changes nothing.</summary>
    /// <param name="state">The run.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="mayOwn">Whether they may approve what they submitted themselves.</param>
    public static Result<IReadOnlyList<object>> Decide(Run state, DecideApproval command, Id<User> by, bool mayOwn)
    {
        if (state.Approval is not { } approval || approval.Stage is ApprovalStage.Due or ApprovalStage.Passed)
            return new Problem("APPROVAL_NOT_ASKED", "The run waits for nobody's approval.");
        if (approval.Hash != command.Hash)
            return new Problem("CODE_DIFFERS", "This is not the hash of what the run would run.", "hash",
                Advice: "Load the run's approval again, and decide on what is there.");
        if (approval.Stage is ApprovalStage.Approved or ApprovalStage.Refused)
        {
            var same = approval.DecidedBy == by && command.Approve == (approval.Stage == ApprovalStage.Approved);
            return same ? Result.Of<IReadOnlyList<object>>([]) : new Problem("APPROVAL_DECIDED",
                $"The run was {approval.Stage.ToString().ToLowerInvariant()} already.");
        }
        if (state.Phase.IsFinal() || state.Cancelling)
            return new Problem("RUN_ENDED", state.Cancelling ? "The run is being cancelled." : "The run is over.");
        var own = state.Request.SubmittedBy == by;
        if (command.Approve && own && !mayOwn)
            return new Problem(OwnRun, "You submitted this run: somebody else has to approve it.",
                Advice: "Ask another maintainer or owner; or an owner to let people approve their own runs.");
        if (CommentProblem(command.Comment) is { } problem) return problem;
        var comment = string.IsNullOrWhiteSpace(command.Comment) ? null : command.Comment.Trim();
        return new[]
        {
            command.Approve ? new RunApproved(command.Id, command.Hash, by, own, comment)
                : (object)new ApprovalRefused(command.Id, command.Hash, by, comment),
        };
    }

    private static Problem? CommentProblem(string? comment) => comment switch
    {
        null => null,
        { Length: > LongestComment } => Problem.Invalid("comment", $"A comment has at most {LongestComment} characters."),
        _ when comment.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) =>
            Problem.Invalid("comment", "A comment holds no control characters."),
        _ => null,
    };
}

/// <summary>Handles <see cref="DecideApproval"/>: maintainers and owners may, in person; the submitter alone only where the
/// project says so or nobody else could.</summary>
public sealed class DecideApprovalHandler(Ledger ledger, RunAccess runs, Access access, Approvers approvers)
{
    /// <summary>Writes the decision; the worker goes on with the run, or ends it.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, DecideApproval command, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, command.Id, Operation.DecideApproval, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var (request, by) = (found.Value.State.Request, caller.User!.Value);
        var mayOwn = request.SubmittedBy == by && await approvers.MayOwnAsync(request.ProjectId, by, cancel);
        var decided = await ledger.ChangeAsync<Run>(caller, command.Id.Value,
            state => DecideApproval.Decide(state, command, by, mayOwn), cancel);
        return decided.Problems is [{ Code: DecideApproval.OwnRun } own]
            ? await access.RefusedAsync(caller, request.ProjectId, Operation.DecideApproval, own, cancel)
            : decided;
    }
}
