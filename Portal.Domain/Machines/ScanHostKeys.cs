using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Asks a machine, and the jump hosts on the way, for the host keys they answer with; pins nothing. The portal's side of
/// it is in Jobs.</summary>
public interface IHostKeyScanner
{
    /// <summary>The keys that answer now, or why the nearest host gave none. A jump host is passed only when it answers with a
    /// key that is pinned or among the confirmed ones.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="confirmed">Fingerprints that a person confirms just now.</param>
    /// <param name="privateKey">Logs in to jump hosts; taken over and wiped. Null: nothing behind a jump host is asked.</param>
    /// <param name="cancel">Gives up.</param>
    Task<Result<SeenHostKeys>> ScanAsync(
        MachineView machine, IReadOnlyList<string> confirmed, byte[]? privateKey, CancellationToken cancel);
}

/// <summary>The host keys that were seen on the way to a machine.</summary>
/// <param name="JumpHosts">Those of the jump hosts, nearest first, as far as they could be seen.</param>
/// <param name="Keys">Those of the machine itself; none when it could not be seen.</param>
/// <param name="Stopped">Why nothing further could be seen; null when all was.</param>
public sealed record SeenHostKeys(IReadOnlyList<JumpHostKeys> JumpHosts, IReadOnlyList<HostKey> Keys, Problem? Stopped = null)
{
    /// <summary>All places that were seen, nearest first; the machine itself has no name.</summary>
    public IEnumerable<(string? JumpHost, IReadOnlyList<HostKey> Keys)> Places()
    {
        foreach (var jump in JumpHosts) yield return (jump.JumpHost, jump.Keys);
        if (Keys.Count > 0) yield return (null, Keys);
    }
}

/// <summary>Asks which host keys answer on the way to a machine, to be compared with what its operators publish.</summary>
/// <param name="Id">The machine.</param>
/// <param name="SecurityToken">Unseals the caller's key, which logs in to jump hosts; used at once and kept nowhere. Without it
/// nothing behind a jump host is asked.</param>
/// <param name="Confirmed">Fingerprints that are confirmed just now; a jump host that answers with one of them is passed.</param>
public sealed record ScanHostKeys(Id<Machine> Id, string? SecurityToken = null, IReadOnlyList<string>? Confirmed = null);

/// <summary>Handles <see cref="ScanHostKeys"/>: keepers of machines may.</summary>
public sealed class ScanHostKeysHandler(
    Ledger ledger, IDocuments documents, Access access, KeyOpening keys, IHostKeyScanner scanner)
{
    /// <summary>The keys that answer now.</summary>
    public async Task<Result<SeenHostKeys>> HandleAsync(Caller caller, ScanHostKeys command, CancellationToken cancel)
    {
        var machine = await MachineAccess.FindAsync(documents, access, caller, command.Id, Operation.ConfirmHostKeys, cancel);
        if (!machine.Ok) return Result.Refused<SeenHostKeys>(machine.Problems);
        byte[]? privateKey = null;
        if (command.SecurityToken is { } token && machine.Value.Settings.JumpHosts.Count > 0)
        {
            var credential = await ActiveCredential.FindAsync(documents, command.Id, caller.User!.Value, cancel);
            if (credential is null) return ActiveCredential.Needed;
            var key = await keys.OpenAsync(credential, token, cancel);
            if (!key.Ok) return Result.Refused<SeenHostKeys>(key.Problems);
            privateKey = key.Value;
            // Whether or not it gets anywhere with it.
            await ledger.AppendAsync(caller, [new(Ledger.StreamOf<Credential>(credential.Id.Value), IEventStore.AnyVersion,
                [new CredentialOpened(credential.Id, "scan")])], cancel);
        }
        return await scanner.ScanAsync(machine.Value, command.Confirmed ?? [], privateKey, cancel);
    }
}
