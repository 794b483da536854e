using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Says when a project wants a second look at a run. It counts for what is submitted or retried from then on.</summary>
/// <param name="Project">The project.</param>
/// <param name="Rules">What shall hold.</param>
public sealed record ChangeApprovalRules(Id<Project> Project, ApprovalRules Rules)
{
    /// <summary>The largest number of core hours that a rule may name.</summary>
    public const int MostCoreHours = 1_000_000_000;

    /// <summary>Decides on the events, or says what is wrong; the rules that hold change nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, ChangeApprovalRules command)
    {
        if (state.Id == default) return Problem.NotFound("project");
        if (!Enum.IsDefined(command.Rules.Code)) return Problem.Invalid("code", "There is no such rule.");
        if (command.Rules.CoreHours is < 0 or > MostCoreHours)
            return Problem.Invalid("coreHours", "Core hours are a whole number from 0 to 1,000,000,000.",
                "Leave it out where no number shall be asked about.");
        return command.Rules == state.Approvals
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new ApprovalRulesChanged(command.Project, command.Rules) };
    }
}

/// <summary>Handles <see cref="ChangeApprovalRules"/>: owners may, in person.</summary>
public sealed class ChangeApprovalRulesHandler(Ledger ledger, Access access)
{
    /// <summary>Changes them.</summary>
    public async Task<Result<ApprovalRules>> HandleAsync(Caller caller, ChangeApprovalRules command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.ChangeApprovalRules, "project", cancel) is { } refusal)
            return refusal;
        var changed = await ledger.ChangeAsync<Project>(caller, command.Project.Value,
            state => ChangeApprovalRules.Decide(state, command), cancel);
        return changed.Then(project => Result.Of(project.Approvals));
    }
}

/// <summary>Shows when a project wants a second look.</summary>
public sealed class ShowApprovalRulesHandler(IDocuments documents, Access access)
{
    /// <summary>Its rules, or NOT_FOUND.</summary>
    public async Task<Result<ApprovalRules>> HandleAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        await access.RefusalAsync(caller, project, Operation.ShowApprovalRules, "project", cancel) is { } refusal
            ? refusal
            : await ApprovalRulesView.FindAsync(documents, project, cancel);
}
