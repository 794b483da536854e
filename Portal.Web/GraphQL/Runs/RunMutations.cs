using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Runs;

/// <summary>What is done with runs.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class RunMutations
{
    // Events of a run that are looked through for a key.
    private const int Everything = 1_000_000;

    /// <summary>Submits a run. Everything is checked before anything is kept.</summary>
    public static async Task<MutationResult<RunNode>> SubmitRunAsync(SubmitRunInput input, [Caller] Caller caller,
        SubmitRunHandler runs, ShowRunHandler shown, IChance chance, CancellationToken cancel)
    {
        var id = caller.NewId<Run>(input.ClientMutationKey, chance);
        if (input.ClientMutationKey is not null
            && (await shown.HandleAsync(caller, id, null, cancel)).Value is { } earlier
                && earlier.State.Request.SubmittedBy == caller.User)
            return RunNode.Of(earlier);
        var command = input.Command(id);
        if (!command.Ok) return Refused.Of<RunNode>(command.Problems);
        var submitted = await runs.HandleAsync(caller, command.Value, cancel);
        return submitted.Ok ? RunNode.Of(submitted.Value) : Refused.Of<RunNode>(submitted.Problems);
    }

    /// <summary>Ends a run, whatever it is doing; nothing of it is left running. Asking twice changes nothing.</summary>
    public static Task<MutationResult<RunNode>> CancelRunAsync(ChangeRunInput input, [Caller] Caller caller,
        CancelRunHandler runs, ShowRunHandler shown, ReadRunEventsHandler events, CancellationToken cancel) =>
        ChangeAsync(caller.WithKey($"cancelRun {input.Id}", input.ClientMutationKey), input, shown, events,
            keyed => runs.HandleAsync(keyed, new(input.Id), cancel), cancel);

    /// <summary>Lends a run the caller's key anew; it goes on by itself.</summary>
    public static Task<MutationResult<RunNode>> GiveTokenAsync(GiveTokenInput input, [Caller] Caller caller,
        GiveTokenHandler runs, ShowRunHandler shown, ReadRunEventsHandler events, CancellationToken cancel) =>
        ChangeAsync(caller.WithKey($"giveToken {input.Id}", input.ClientMutationKey), new(input.Id, input.ClientMutationKey),
            shown, events, keyed => runs.HandleAsync(keyed, new(input.Id, input.SecurityToken, input.LeaseFor), cancel), cancel);

    /// <summary>Takes the caller's key back from a run; it waits for the token.</summary>
    public static Task<MutationResult<RunNode>> RevokeLeaseAsync(ChangeRunInput input, [Caller] Caller caller,
        RevokeLeaseHandler runs, ShowRunHandler shown, ReadRunEventsHandler events, CancellationToken cancel) =>
        ChangeAsync(caller.WithKey($"revokeLease {input.Id}", input.ClientMutationKey), input, shown, events,
            keyed => runs.HandleAsync(keyed, input.Id, cancel), cancel);

    // Changes a run, unless this very request did so before; then shows it.
    private static async Task<MutationResult<RunNode>> ChangeAsync(Caller caller, ChangeRunInput input, ShowRunHandler shown,
        ReadRunEventsHandler events, Func<Caller, Task<Result<Run>>> change, CancellationToken cancel)
    {
        var done = input.ClientMutationKey is not null
            && (await events.HandleAsync(caller, input.Id, 0, Everything, cancel)).Value is { } past
            && past.Any(recorded => recorded.Metadata.CorrelationId == caller.CorrelationId);
        if (!done && (await change(caller)).Problems is { } problems) return Refused.Of<RunNode>(problems);
        var run = await shown.HandleAsync(caller, input.Id, null, cancel);
        return run.Ok ? RunNode.Of(run.Value) : Refused.Of<RunNode>(run.Problems);
    }
}
