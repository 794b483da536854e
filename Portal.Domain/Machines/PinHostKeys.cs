using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Asks a machine for the host keys it answers with; pins nothing. The portal's side of it is in Jobs.</summary>
public interface IHostKeyScanner
{
    /// <summary>The keys that answer now, or why none did.</summary>
    Task<Result<IReadOnlyList<HostKey>>> ScanAsync(MachineSettings settings, CancellationToken cancel);
}

/// <summary>Shows the host keys that answer at a machine's address, to be compared with what its operators publish.</summary>
public sealed class ScanHostKeysHandler(IDocuments documents, Access access, IHostKeyScanner scanner)
{
    /// <summary>The keys.</summary>
    public async Task<Result<IReadOnlyList<HostKey>>> HandleAsync(Caller caller, Id<Machine> id, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, id, Permission.KeepMachines, cancel);
        return found.Ok ? await scanner.ScanAsync(found.Value.Settings, cancel) : Result.Refused<IReadOnlyList<HostKey>>(found.Problems);
    }
}

/// <summary>Confirms host keys by their fingerprints, as the person read them.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Fingerprints"><c>SHA256:…</c>, one or more; each must answer at the machine now.</param>
public sealed record PinHostKeys(Id<Machine> Id, IReadOnlyList<string> Fingerprints)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, PinHostKeys command, IReadOnlyList<HostKey> answering)
    {
        if (state.Retired) return new Problem("RETIRED", "This machine was retired; it can be looked at, not changed.");
        if (command.Fingerprints.Count == 0) return Problem.Invalid("fingerprints", "At least one fingerprint is needed.");
        foreach (var fingerprint in command.Fingerprints)
        {
            if (answering.All(key => key.Fingerprint != fingerprint))
                return new Problem("HOST_KEY_NOT_SEEN", $"The machine does not answer with {fingerprint} now.", "fingerprints",
                    Advice: "Look at the keys once more and compare them with what the machine's operators publish.");
        }
        var keys = answering.Where(key => command.Fingerprints.Contains(key.Fingerprint)).ToList();
        return state.HostKeyMismatch is null && keys.SequenceEqual(state.HostKeys)
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new HostKeysPinned(command.Id, keys) };
    }
}

/// <summary>Handles <see cref="PinHostKeys"/>: keepers of machines may.</summary>
public sealed class PinHostKeysHandler(Ledger ledger, Access access, IDocuments documents, IHostKeyScanner scanner)
{
    /// <summary>Asks the machine once more, so that what is pinned is what was confirmed, and pins.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, PinHostKeys command, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, command.Id, Permission.KeepMachines, cancel);
        if (!found.Ok) return Result.Refused<Machine>(found.Problems);
        var answering = await scanner.ScanAsync(found.Value.Settings, cancel);
        if (!answering.Ok) return Result.Refused<Machine>(answering.Problems);
        return await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => PinHostKeys.Decide(state, command, answering.Value), cancel);
    }
}

/// <summary>Notes that a machine showed another host key than the pinned ones; the portal itself says so, once.</summary>
public sealed class ReportHostKeyChangedHandler(Ledger ledger)
{
    /// <summary>Records it.</summary>
    public async Task HandleAsync(Caller caller, Id<Machine> id, string evidence, CancellationToken cancel) =>
        await ledger.ChangeAsync<Machine>(caller, id.Value,
            state => state.HostKeyMismatch is not null
                ? Result.Of<IReadOnlyList<object>>([])
                : new object[] { new HostKeyChanged(id, evidence) }, cancel);
}
