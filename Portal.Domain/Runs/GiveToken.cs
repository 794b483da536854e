using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>Lends a run its credential anew, after its lease ended or was revoked.</summary>
/// <param name="Id">The run.</param>
/// <param name="SecurityToken">Unseals the private key; used at once and kept nowhere.</param>
/// <param name="LeaseFor">How long; null takes the steps' times and a margin.</param>
public sealed record GiveToken(Id<Run> Id, string SecurityToken, TimeSpan? LeaseFor = null);

/// <summary>Handles <see cref="GiveToken"/>: only who submitted the run holds the key.</summary>
public sealed class GiveTokenHandler(RunAccess runs, KeyLending lending)
{
    /// <summary>Grants a lease in place of the one before; the run goes on by itself.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, GiveToken command, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, command.Id, Operation.GiveToken, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var run = found.Value.State;
        if (await runs.OthersRefusalAsync(caller, run.Request, Operation.GiveToken, NotTheirs, cancel) is { } refusal)
            return refusal;
        if (Over(run) is { } over) return over;
        // A run that began attended stays so; another becomes so where its machine takes no others any more.
        return await lending.LendAsync(caller, run, command.SecurityToken, command.LeaseFor,
            run.Lease is { Attended: true } ? true : null, anew: false, Decide, cancel);
    }

    private static Problem NotTheirs { get; } = new("FORBIDDEN", "Only who submitted the run can lend it their key.",
        Advice: "Ask them to give their security token.");

    private static Problem? Over(Run run) => !run.Phase.IsFinal() ? null
        : new("RUN_ENDED", "The run is over; it needs no key.",
            Advice: RetryRun.Refusal(run) is null ? "Retry it, if it shall go on: that takes the token too." : null);

    private static Result<IReadOnlyList<object>> Decide(Run state, LeaseGranted granted) =>
        Over(state) is { } over ? over
        : state.Lease is { Ended: null } before ? new object[] { new LeaseEnded(granted.RunId, before.Id, "replaced"), granted }
        : new object[] { granted };
}

/// <summary>Takes a run's lease back: its key is deleted at once, and the run waits for the token.</summary>
public sealed class RevokeLeaseHandler(Ledger ledger, RunAccess runs, ILeaseKeys leases)
{
    /// <summary>Who submitted the run may.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.RevokeLease, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var run = found.Value.State;
        if (await runs.OthersRefusalAsync(caller, run.Request, Operation.RevokeLease, NotTheirs, cancel) is { } refusal)
            return refusal;
        if (run.Lease is not { Ended: null } lease) return run;
        await leases.ForgetAsync(lease.Id, cancel);
        return await ledger.ChangeAsync<Run>(caller, id.Value, state => state.Lease is { Ended: null } now && now.Id == lease.Id
            ? new object[] { new LeaseEnded(id, lease.Id, "revoked") }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
    }

    private static Problem NotTheirs { get; } = new("FORBIDDEN", "Only who submitted the run can take their key back.");
}
