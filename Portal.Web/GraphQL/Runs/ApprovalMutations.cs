using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Decides about a run that waits for a second look.</summary>
/// <param name="Id">The run.</param>
/// <param name="Hash">The hash that was looked at, as `approval` shows it.</param>
/// <param name="Comment">What there is to say about it, at most 1,000 characters; an event keeps it.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record DecideApprovalInput(
    [Id("Run")] Id<Run> Id, string Hash, string? Comment = null, Guid? ClientMutationKey = null);

/// <summary>Says when a project wants a second look at a run; what is left out is not asked about.</summary>
/// <param name="Project">The project.</param>
/// <param name="Code">For which code.</param>
/// <param name="NewMachine">Whether for a machine that no run of the project has been approved for.</param>
/// <param name="CoreHours">For runs that ask for more than so many core hours, or for no limit at all.</param>
/// <param name="Own">Whether one may approve one's own run where somebody else could.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ChangeApprovalRulesInput([Id("Project")] Id<Project> Project, CodeRule Code = CodeRule.Never,
    bool NewMachine = false, int? CoreHours = null, bool Own = false, Guid? ClientMutationKey = null);

/// <summary>What is done about second looks. It takes a person who is signed in: no access token does any of it.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class ApprovalMutations
{
    /// <summary>Lets a run go on that waits for a second look; maintainers and owners may.</summary>
    public static Task<MutationResult<RunNode>> ApproveRunAsync(DecideApprovalInput input, [Caller] Caller caller,
        DecideApprovalHandler approvals, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel) =>
        DecideAsync(input, true, caller, approvals, shown, repeats, cancel);

    /// <summary>Ends a run that waits for a second look; maintainers and owners may.</summary>
    public static Task<MutationResult<RunNode>> RefuseRunAsync(DecideApprovalInput input, [Caller] Caller caller,
        DecideApprovalHandler approvals, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel) =>
        DecideAsync(input, false, caller, approvals, shown, repeats, cancel);

    /// <summary>
    /// Says when a project wants a second look at a run; owners may. It counts for what is submitted from then on.
    /// </summary>
    public static Task<MutationResult<ProjectNode>> ChangeApprovalRulesAsync(ChangeApprovalRulesInput input,
        [Caller] Caller caller, ChangeApprovalRulesHandler rules, ShowProjectHandler shown, FindRepeatHandler repeats,
        CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeApprovalRules {input.Project}", input.ClientMutationKey);
        var wanted = new ApprovalRules(input.Code, input.NewMachine, input.CoreHours, input.Own);
        return repeats.ChangeOnceAsync(keyed, input.Project, input.ClientMutationKey,
            () => rules.HandleAsync(keyed, new(input.Project, wanted), cancel),
            async () => (await shown.HandleAsync(caller, input.Project, cancel)).OrNull() is { } member
                ? new ProjectNode(member) : null, cancel);
    }

    private static Task<MutationResult<RunNode>> DecideAsync(DecideApprovalInput input, bool approve, Caller caller,
        DecideApprovalHandler approvals, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"decideApproval {approve} {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => approvals.HandleAsync(keyed, new(input.Id, input.Hash, approve, input.Comment), cancel),
            async () => (await shown.HandleAsync(caller, input.Id, null, cancel)).OrNull() is { } run ? RunNode.Of(run) : null, cancel);
    }
}
