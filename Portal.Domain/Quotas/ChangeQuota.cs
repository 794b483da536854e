using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>Sets a project's quotas.</summary>
/// <param name="Project">The project.</param>
/// <param name="Limits">All of them: null leaves one to the installation, 0 sets no limit.</param>
public sealed record ChangeQuota(Id<Project> Project, QuotaLimits Limits)
{
    /// <summary>Decides on the events, or says what is wrong; what holds already changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Quota state, ChangeQuota command)
    {
        var problems = new List<Problem>();
        Check(problems, "runs", command.Limits.Runs);
        Check(problems, "coreHours", command.Limits.CoreHours);
        Check(problems, "bytes", command.Limits.Bytes);
        if (problems.Count > 0) return Result.Refused<IReadOnlyList<object>>(problems);
        return state.Limits == command.Limits
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new ProjectQuotaChanged(command.Project, command.Limits) };
    }

    private static void Check(List<Problem> problems, string field, long? limit)
    {
        if (limit < 0) problems.Add(Problem.Invalid(field, "A quota is 0 or more.",
            "0 sets no limit; nothing leaves it to the installation."));
    }
}

/// <summary>Handles <see cref="ChangeQuota"/>: administrators of the installation, in person.</summary>
public sealed class ChangeQuotaHandler(Ledger ledger, Access access, IDocuments documents, Standings standings)
{
    /// <summary>Sets them, and gives how the project stands from then on.</summary>
    public async Task<Result<Standing>> HandleAsync(Caller caller, ChangeQuota command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.ChangeQuota, "project",
            cancel) is { } refusal) return refusal;
        if (await documents.FindAsync<QuotaView>(command.Project.ToString(), cancel) is null) return Problem.NotFound("project");
        var changed = await ledger.ChangeAsync<Quota>(caller, command.Project.Value, state => ChangeQuota.Decide(state, command),
            cancel);
        return changed.Ok ? (await standings.OfAsync(command.Project, cancel)).Standing
            : Result.Refused<Standing>(changed.Problems);
    }
}
