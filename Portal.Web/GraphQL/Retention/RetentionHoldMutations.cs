using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Retention;

/// <summary>Says that something must be kept as it is: a person, a project or a run, one of them.</summary>
/// <param name="Reason">Why; it stays for ever, so no names.</param>
/// <param name="Person">The person.</param>
/// <param name="Project">The project: all who are in it or submitted a run there.</param>
/// <param name="Run">The run: who submitted it.</param>
/// <param name="Until">From when on it holds nothing; null until it is lifted.</param>
/// <param name="ClientMutationKey">A repeat with the same key places no other one.</param>
public sealed record PlaceRetentionHoldInput(string Reason, [Id("Person")] Id<User>? Person = null,
    [Id("Project")] Id<Project>? Project = null, [Id("Run")] Id<Run>? Run = null, DateTimeOffset? Until = null,
    Guid? ClientMutationKey = null);

/// <summary>Says that something need not be kept any more.</summary>
/// <param name="Id">The hold.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record LiftRetentionHoldInput([Id("RetentionHold")] Id<RetentionHold> Id, Guid? ClientMutationKey = null);

/// <summary>What must be kept. Administrators say so, and owners of projects of these and of the runs in them; in
/// person.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class RetentionHoldMutations
{
    /// <summary>Places a hold: while it holds, a person whom it is about is not erased.</summary>
    [Payload("retentionHold")]
    public static async Task<MutationResult<RetentionHoldNode>> PlaceRetentionHoldAsync(PlaceRetentionHoldInput input,
        [Caller] Caller caller, PlaceRetentionHoldHandler holds, IChance chance, CancellationToken cancel)
    {
        var subject = Subject(input);
        if (!subject.Ok) return Refused.Of<RetentionHoldNode>(subject.Problems);
        var id = caller.NewId<RetentionHold>(input.ClientMutationKey, chance);
        var (kind, which) = subject.Value;
        var placed = await holds.HandleAsync(caller, new(id, kind, which, input.Reason, input.Until), cancel);
        return placed.Ok ? new RetentionHoldNode(placed.Value) : Refused.Of<RetentionHoldNode>(placed.Problems);
    }

    /// <summary>Lifts a hold: one that the caller placed; for administrators any.</summary>
    [Payload("retentionHold")]
    public static async Task<MutationResult<RetentionHoldNode>> LiftRetentionHoldAsync(LiftRetentionHoldInput input,
        [Caller] Caller caller, LiftRetentionHoldHandler holds, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"liftRetentionHold {input.Id}", input.ClientMutationKey);
        var lifted = await holds.HandleAsync(keyed, new(input.Id), cancel);
        return lifted.Ok ? new RetentionHoldNode(lifted.Value) : Refused.Of<RetentionHoldNode>(lifted.Problems);
    }

    private static Result<(HeldKind Kind, Guid Subject)> Subject(PlaceRetentionHoldInput input) => input switch
    {
        { Person: { } person, Project: null, Run: null } => (HeldKind.Person, person.Value),
        { Person: null, Project: { } project, Run: null } => (HeldKind.Project, project.Value),
        { Person: null, Project: null, Run: { } run } => (HeldKind.Run, run.Value),
        _ => Problem.Invalid("person", "A hold is on a person, a project or a run: name one of them."),
    };
}
