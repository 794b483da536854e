using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Reads what happened to a machine and to the caller's own keys on it. The keys of others are their own affair.</summary>
public sealed class ReadMachineEventsHandler(IDocuments documents, Access access, Readings readings, IEventStore store)
{
    /// <summary>The last events, newest first, or NOT_FOUND.</summary>
    public async Task<Result<IReadOnlyList<Recorded>>> HandleAsync(Caller caller, Id<Machine> id, int limit, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, id, Operation.ReadMachineEvents, cancel);
        if (!found.Ok) return Result.Refused<IReadOnlyList<Recorded>>(found.Problems);
        await readings.NoteAsync(caller, found.Value.Project, ReadingKind.Machine, id.ToString(), cancel);
        var streams = new List<string> { Ledger.StreamOf<Machine>(id.Value) };
        if (caller.User is { } user)
        {
            var mine = await documents.QueryAsync<CredentialView>(new(
                [new("machine", Comparison.Equal, id.ToString()), new("owner", Comparison.Equal, user.ToString())],
                "created_at", Descending: true, Limit: 100), cancel);
            streams.AddRange(mine.Items.Select(credential => Ledger.StreamOf<Credential>(credential.Id.Value)));
        }
        var events = await store.ReadStreamsAsync(streams, cancel);
        return events.Values.SelectMany(stream => stream).OrderByDescending(recorded => recorded.Position).Take(limit).ToList();
    }
}
