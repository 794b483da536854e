using Portal.Domain.Common;

namespace Portal.Domain.Machines;

/// <summary>Confirms host keys by their fingerprints, as the person read them: the machine's own, and those of the jump hosts
/// before it.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Fingerprints"><c>SHA256:…</c>, one or more; each must answer on the way to the machine now.</param>
/// <param name="SecurityToken">Unseals the caller's key, which is needed for what lies behind a jump host; kept nowhere.</param>
public sealed record PinHostKeys(Id<Machine> Id, IReadOnlyList<string> Fingerprints, string? SecurityToken = null)
{
    /// <summary>Decides on the events, or says what is wrong. Where nothing is confirmed, what was pinned stays.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, PinHostKeys command, SeenHostKeys seen)
    {
        if (state.Retired) return new Problem("RETIRED", "This machine was retired; it can be looked at, not changed.");
        if (command.Fingerprints.Count == 0) return Problem.Invalid("fingerprints", "At least one fingerprint is needed.");
        foreach (var fingerprint in command.Fingerprints)
        {
            if (seen.Places().Any(place => place.Keys.Any(key => key.Fingerprint == fingerprint))) continue;
            var unseen = new Problem("HOST_KEY_NOT_SEEN", $"The machine does not answer with {fingerprint} now.", "fingerprints",
                Advice: "Look at the keys once more and compare them with what the machine's operators publish.");
            return Result.Refused<IReadOnlyList<object>>(seen.Stopped is { } stopped ? [unseen, stopped] : [unseen]);
        }
        var facts = new List<object>();
        foreach (var (jumpHost, answering) in seen.Places())
        {
            var keys = answering.Where(key => command.Fingerprints.Contains(key.Fingerprint)).ToList();
            if (keys.Count > 0 && (state.Alarmed(jumpHost) || !keys.SequenceEqual(state.KeysOf(jumpHost))))
                facts.Add(new HostKeysPinned(command.Id, keys, jumpHost));
        }
        return facts;
    }
}

/// <summary>Handles <see cref="PinHostKeys"/>: keepers of machines may.</summary>
public sealed class PinHostKeysHandler(Ledger ledger, ScanHostKeysHandler scan)
{
    /// <summary>Asks the machine once more, so that what is pinned is what was confirmed, and pins.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, PinHostKeys command, CancellationToken cancel)
    {
        var seen = await scan.HandleAsync(caller, new(command.Id, command.SecurityToken, command.Fingerprints), cancel);
        if (!seen.Ok) return Result.Refused<Machine>(seen.Problems);
        return await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => PinHostKeys.Decide(state, command, seen.Value), cancel);
    }
}

/// <summary>Notes that a machine, or a jump host before it, showed another host key than the pinned ones; the portal itself says
/// so, once.</summary>
public sealed class ReportHostKeyChangedHandler(Ledger ledger)
{
    /// <summary>Records it. Where nothing was pinned, nothing changed.</summary>
    public async Task HandleAsync(Caller caller, Id<Machine> id, string evidence, string? jumpHost, CancellationToken cancel) =>
        await ledger.ChangeAsync<Machine>(caller, id.Value,
            state => state.HostKeyMismatch is not null || state.KeysOf(jumpHost).Count == 0
                ? Result.Of<IReadOnlyList<object>>([])
                : new object[] { new HostKeyChanged(id, evidence, jumpHost) }, cancel);
}
