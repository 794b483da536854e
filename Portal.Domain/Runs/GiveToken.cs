using System.Security.Cryptography;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Lends a run its credential anew, after its lease ended or was revoked.</summary>
/// <param name="Id">The run.</param>
/// <param name="SecurityToken">Unseals the private key; used at once and kept nowhere.</param>
/// <param name="LeaseFor">How long; null takes the steps' times and a margin.</param>
public sealed record GiveToken(Id<Run> Id, string SecurityToken, TimeSpan? LeaseFor = null);

/// <summary>Handles <see cref="GiveToken"/>: only who submitted the run holds the key.</summary>
public sealed class GiveTokenHandler(
    Ledger ledger, RunAccess runs, IDocuments documents, KeyOpening keys, ILeaseKeys leases, IChance chance)
{
    /// <summary>Grants a lease in place of the one before; the run goes on by itself.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, GiveToken command, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, command.Id, Permission.Submit, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var request = found.Value.State.Request;
        if (request.SubmittedBy != caller.User)
            return new Problem("FORBIDDEN", "Only who submitted the run can lend it their key.",
                Advice: "Ask them to give their security token.");
        if (found.Value.State.Phase.IsFinal()) return new Problem("RUN_ENDED", "The run is over; it needs no key.");
        // A run that began attended stays so.
        var attended = found.Value.State.Lease is { Attended: true };
        if (LeaseAsked.Refusal(leases, command.LeaseFor, attended) is { } refusal) return refusal;
        // After a rotation the run goes on with the key that is valid now.
        var credential = await ActiveCredential.FindAsync(documents, request.MachineId, caller.User!.Value, cancel);
        if (credential is null)
            return new Problem("CREDENTIAL_NEEDED", "You have no key for this machine.", Advice: "Make one on the machine's page.");
        var key = await keys.OpenAsync(credential, command.SecurityToken, cancel);
        if (!key.Ok) return Result.Refused<Run>(key.Problems);
        try
        {
            var until = SubmitRun.LeaseEnd(request.Plan, command.LeaseFor, chance.Now);
            var terms = new LeaseTerms(new(chance.NewGuid()), command.Id, credential.Id, until, attended);
            await leases.KeepAsync(terms, key.Value, cancel);
            var written = await ledger.ChangeAsync<Run>(caller, command.Id.Value, state => Decide(state, terms, caller), cancel);
            if (!written.Ok || written.Value.Lease?.Id != terms.Lease) await leases.ForgetAsync(terms.Lease, cancel);
            else if (found.Value.State.Lease is { } before) await leases.ForgetAsync(before.Id, cancel);
            return written;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Value);
        }
    }

    private static Result<IReadOnlyList<object>> Decide(Run state, LeaseTerms terms, Caller caller)
    {
        if (state.Phase.IsFinal()) return new Problem("RUN_ENDED", "The run is over; it needs no key.");
        var granted = new LeaseGranted(terms.Run, terms.Lease, terms.Credential, caller.User!.Value, terms.Until, terms.Attended);
        return state.Lease is { Ended: null } before
            ? new object[] { new LeaseEnded(terms.Run, before.Id, "replaced"), granted }
            : new object[] { granted };
    }
}

/// <summary>Takes a run's lease back: its key is deleted at once, and the run waits for the token.</summary>
public sealed class RevokeLeaseHandler(Ledger ledger, RunAccess runs, ILeaseKeys leases)
{
    /// <summary>Who submitted the run may.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Permission.Submit, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var run = found.Value.State;
        if (run.Request.SubmittedBy != caller.User)
            return new Problem("FORBIDDEN", "Only who submitted the run can take their key back.");
        if (run.Lease is not { Ended: null } lease) return run;
        await leases.ForgetAsync(lease.Id, cancel);
        return await ledger.ChangeAsync<Run>(caller, id.Value, state => state.Lease is { Ended: null } now && now.Id == lease.Id
            ? new object[] { new LeaseEnded(id, lease.Id, "revoked") }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
    }
}
