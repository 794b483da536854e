using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>What happened to a credential.</summary>
public enum CredentialEventKind
{
    /// <summary>The pair was made, and its token shown, this once.</summary>
    Made,
    /// <summary>It was used to try the machine.</summary>
    Tested,
    /// <summary>It was opened with its token, to ask for host keys behind a jump host.</summary>
    Opened,
    /// <summary>It was lent to a run.</summary>
    Leased,
    /// <summary>A lease of it ended.</summary>
    LeaseEnded,
    /// <summary>A run used it.</summary>
    Used,
    /// <summary>Another pair took its place.</summary>
    Rotated,
    /// <summary>Its owner took it out of use.</summary>
    Revoked,
    /// <summary>A person confirmed host keys of its machine.</summary>
    HostKeyPinned,
    /// <summary>Its machine showed a host key that nobody confirmed.</summary>
    HostKeyChanged,
}

/// <summary>One thing that happened to a credential, or to whom it opens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Position">The event's place in the order of all events.</param>
/// <param name="At">When.</param>
/// <param name="By">Who caused it, and through which door.</param>
public sealed record CredentialEvent(CredentialEventKind Kind, long Position, DateTimeOffset At, EventMetadata By)
{
    /// <summary>What is known of the run that it was for; null where it was for none.</summary>
    public CredentialMark? Mark { get; init; }

    /// <summary>Whether a test went well.</summary>
    public bool? Ok { get; init; }

    /// <summary>The credential that took its place.</summary>
    public Id<Credential>? Successor { get; init; }

    /// <summary>Fingerprints, of the key that took its place too, or what was seen instead of a pinned key.</summary>
    public string? Detail { get; init; }
}

/// <summary>Some of what happened to a credential.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="Events">What happened, newest first.</param>
/// <param name="More">Whether there is more before the last of them.</param>
public sealed record CredentialHistory(CredentialView Credential, IReadOnlyList<CredentialEvent> Events, bool More);

/// <summary>Tells everything that happened to a credential in one list.</summary>
public sealed class CredentialHistoryHandler(CredentialAccess credentials, IDocuments documents, IEventStore store)
{
    /// <summary>The largest page.</summary>
    public const int Most = 200;

    /// <summary>What happened before a position, newest first, or NOT_FOUND. Who is not its owner sees what its own life was,
    /// and of uses those for runs of projects whose events they may read.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The credential.</param>
    /// <param name="before">Only what stands before this position; null for the newest.</param>
    /// <param name="limit">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<CredentialHistory>> HandleAsync(
        Caller caller, Id<Credential> id, long? before, int limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problem.Invalid("first", $"A page has 1 to {Most} entries.");
        var found = await credentials.FindAsync(caller, id, cancel);
        if (!found.Ok) return Result.Refused<CredentialHistory>(found.Problems);
        var (view, projects) = found.Value;
        var marks = await documents.QueryAsync<CredentialMark>(new(
            [.. CredentialAccess.Of(id, projects), new("position", Comparison.Less, before ?? long.MaxValue)],
            "position", Descending: true, Limit: limit + 1), cancel);
        var (own, machine) = (Ledger.StreamOf<Credential>(id.Value), Ledger.StreamOf<Machine>(view.Machine.Value));
        var streams = await store.ReadStreamsAsync([own, machine], cancel);
        var life = streams.GetValueOrDefault(own) ?? [];
        // What its machine shows afterwards is no affair of this key any more.
        var until = view.Ended is null ? long.MaxValue : life[^1].Position;
        var all = marks.Items.Select(Of)
            .Concat(life.Concat(streams.GetValueOrDefault(machine) ?? []).Where(one => one.Position <= until).Select(Of)
                .OfType<CredentialEvent>())
            .Where(one => one.Position < (before ?? long.MaxValue))
            .OrderByDescending(one => one.Position).Take(limit + 1).ToList();
        var shown = all.Take(limit).ToList();
        for (var at = 0; at < shown.Count; at++)
            if (shown[at].Successor is { } next && await documents.FindAsync<CredentialView>(next.ToString(),
                cancel) is { } other)
                shown[at] = shown[at] with { Detail = other.Fingerprint };
        return new CredentialHistory(view, shown, all.Count > limit);
    }

    private static CredentialEvent Of(CredentialMark mark) => new(mark.Kind switch
    {
        CredentialMarkKind.Leased => CredentialEventKind.Leased,
        CredentialMarkKind.LeaseEnded => CredentialEventKind.LeaseEnded,
        _ => CredentialEventKind.Used,
    }, mark.Position, mark.At, new(mark.Actor, mark.ActorKind, mark.Door, default)) { Mark = mark };

    private static CredentialEvent? Of(Recorded recorded)
    {
        return recorded.Body switch
        {
            CredentialCreated created => As(CredentialEventKind.Made, created.Fingerprint),
            CredentialTested tested => As(CredentialEventKind.Tested) with { Ok = tested.Ok },
            CredentialOpened opened => As(CredentialEventKind.Opened, opened.Purpose),
            CredentialRotated rotated => As(CredentialEventKind.Rotated) with { Successor = rotated.Successor },
            CredentialRevoked => As(CredentialEventKind.Revoked),
            HostKeysPinned pinned => As(CredentialEventKind.HostKeyPinned,
                string.Join("\n", pinned.Keys.Select(key => $"{pinned.JumpHost} {key.Fingerprint}".Trim()))),
            HostKeyChanged changed => As(CredentialEventKind.HostKeyChanged, changed.Evidence),
            _ => null,
        };

        CredentialEvent As(CredentialEventKind kind, string? detail = null) =>
            new(kind, recorded.Position, recorded.Time, recorded.Metadata) { Detail = detail };
    }
}
