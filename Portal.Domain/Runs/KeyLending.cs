using System.Security.Cryptography;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Quotas;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Lends a run its submitter's key anew: opened with their token, kept under a new lease, told as a fact.</summary>
public sealed class KeyLending(
    Ledger ledger, IDocuments documents, KeyOpening keys, ILeaseKeys leases, Admission admission, IChance chance)
{
    /// <summary>Keeps the key, then writes what <paramref name="decide"/> makes of it; a refusal leaves nothing behind.</summary>
    /// <param name="caller">Who submitted the run.</param>
    /// <param name="run">The run as it was found.</param>
    /// <param name="securityToken">Unseals the private key; used at once and kept nowhere.</param>
    /// <param name="length">How long the lease lasts; null takes the steps' times and a margin.</param>
    /// <param name="attended">Whether the key shall be in memory alone; null where that is the machine's to say.</param>
    /// <param name="anew">Whether the run had ended, and needs room in its project again.</param>
    /// <param name="decide">Decides on the events, the grant among them.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Result<Run>> LendAsync(Caller caller, Run run, string securityToken, TimeSpan? length, bool? attended,
        bool anew,
        Func<Run, LeaseGranted, Result<IReadOnlyList<object>>> decide, CancellationToken cancel)
    {
        var (request, user) = (run.Request, caller.User!.Value);
        if (await documents.FindAsync<MachineView>(request.MachineId.ToString(),
            cancel) is not { } machine) return Problem.NotFound("machine");
        if (!machine.Serves(request.ProjectId))
            return new Problem("NOT_SHARED", $"{request.MachineName} is not shared with the run's project any more.", "machine",
                Advice: "Ask who keeps the machine, or submit the run on another one.");
        var inMemory = attended ?? machine.Settings.AttendedOnly;
        if (LeaseAsked.Refusal(leases, length, inMemory, machine) is { } refusal) return refusal;
        // After a rotation the run goes on with the key that is valid now.
        var credential = await ActiveCredential.FindAsync(documents, request.MachineId, user, cancel);
        if (credential is null)
            return new Problem("CREDENTIAL_NEEDED", "You have no key for this machine.",
                Advice: "Make one on the machine's page.");
        var key = await keys.OpenAsync(credential, securityToken, cancel);
        if (!key.Ok) return Result.Refused<Run>(key.Problems);
        try
        {
            var until = SubmitRun.LeaseEnd(request.Plan, length, chance.Now);
            var terms = new LeaseTerms(new(chance.NewGuid()), request.RunId, credential.Id, until, inMemory);
            await leases.KeepAsync(terms, key.Value, cancel);
            var granted = new LeaseGranted(terms.Run, terms.Lease, terms.Credential, user, until, inMemory);
            var written = anew
                ? await admission.ChangeAsync<Run>(caller, request.ProjectId, request.RunId, Left(run), state => decide(state,
                    granted), cancel)
                : await ledger.ChangeAsync<Run>(caller, request.RunId.Value, state => decide(state, granted), cancel);
            if (!written.Ok || written.Value.Lease?.Id != terms.Lease) await leases.ForgetAsync(terms.Lease, cancel);
            else if (run.Lease is { } before) await leases.ForgetAsync(before.Id, cancel);
            return written;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Value);
        }
    }

    // Steps that ended well are not run again.
    private static Demand Left(Run run) => Demand.Of(run.Request.Plan,
        step => run.Steps.Any(state => state.Id == step && state.Status != StepStatus.Succeeded));
}
