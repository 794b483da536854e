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
        CancelRunHandler runs, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"cancelRun {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => runs.HandleAsync(keyed, new(input.Id), cancel),
            () => RunNode.IfSeenAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>Lends a run the caller's key anew; it goes on by itself.</summary>
    public static Task<MutationResult<RunNode>> GiveTokenAsync(GiveTokenInput input, [Caller] Caller caller,
        GiveTokenHandler runs, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"giveToken {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => runs.HandleAsync(keyed, new(input.Id, input.SecurityToken, input.LeaseFor), cancel),
            () => RunNode.IfSeenAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>
    /// Takes a run that failed or was cancelled up again where it broke off, with the caller's key lent anew. What went well is
    /// kept: `retryPlan` tells what. Only who submitted it can.
    /// </summary>
    public static Task<MutationResult<RunNode>> RetryRunAsync(RetryRunInput input, [Caller] Caller caller,
        RetryRunHandler runs, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"retryRun {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => runs.HandleAsync(keyed, new(input.Id, input.SecurityToken, input.LeaseFor, input.Attended), cancel),
            () => RunNode.IfSeenAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>Takes the caller's key back from a run; it waits for the token.</summary>
    public static Task<MutationResult<RunNode>> RevokeLeaseAsync(ChangeRunInput input, [Caller] Caller caller,
        RevokeLeaseHandler runs, ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeLease {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => runs.HandleAsync(keyed, input.Id, cancel), () => RunNode.IfSeenAsync(input.Id, caller, shown, cancel), cancel);
    }
}
