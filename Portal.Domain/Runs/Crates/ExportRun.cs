using System.Text;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs.Crates;

/// <summary>Takes a run away: as a crate, as PROV-JSON, as a proof. Whoever may read the events of its project may.</summary>
public sealed class ExportRunHandler(
    RunAccess runs, IEventStore store, IPeople people, IProofs proofs, Readings readings, Ledger ledger, IChance chance,
    CrateMaker maker, RelatedEvents related, MachineSoftware machines)
{
    /// <summary>Most events of a run that are put into one crate.</summary>
    public const int MostEvents = 100_000;

    /// <summary>Begins a crate: the run as it is now.</summary>
    /// <param name="caller">Who takes it.</param>
    /// <param name="id">The run.</param>
    /// <param name="withRelated">Whether with the events elsewhere that belong to it, as far as the caller may read them.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<CrateDraft>> BeginAsync(Caller caller, Id<Run> id, bool withRelated, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.ExportRun, cancel);
        if (!found.Ok) return Result.Refused<CrateDraft>(found.Problems);
        await readings.NoteAsync(caller, found.Value.State.Request.ProjectId, ReadingKind.Crate, id.ToString(), cancel);
        if (found.Value.Version > MostEvents)
            return new Problem("RUN_TOO_LONG", $"The run has {found.Value.Version} events; a crate holds {MostEvents}.",
                Advice: "Read its events by pages, and verify them against the database with `portal audit verify`.");
        var events = new List<Recorded>();
        await foreach (var recorded in store.ReadStreamAsync(
            Ledger.StreamOf<Run>(id.Value), 1, new(Version: found.Value.Version), cancel)) events.Add(recorded);
        var software = await machines.KnownAtAsync(
            found.Value.State.Request.MachineId, CompareRunsHandler.LastSent(events).Position, cancel);
        var source = new CrateSource(
            events, await people.NamesAsync(CrateSource.PeopleOf(events), cancel), maker, chance.Now, software);
        var more = withRelated
            ? await related.OfAsync(caller, events, MostEvents - events.Count, cancel) : Result.Of<IReadOnlyList<long>>([]);
        return more.Ok ? new CrateDraft(source, [.. Arrived(source)], more.Value) : Result.Refused<CrateDraft>(more.Problems);
    }

    /// <summary>Ends a crate: notes as an event that it was made, has that sealed, and gives all that stands in it but
    /// results.</summary>
    /// <param name="caller">Who takes it.</param>
    /// <param name="draft">The run.</param>
    /// <param name="packed">Results that stand in it, by their place in the plan.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<IReadOnlyList<CrateEntry>>> EndAsync(
        Caller caller, CrateDraft draft, IReadOnlyDictionary<int, CrateFile> packed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var plain = await proofs.ProveAsync([draft.Stream], draft.Related, cancel);
        List<CrateEntry> entries =
        [
            new(CrateWorkflow.File, Encoding.UTF8.GetBytes(draft.Source.Request.Description)),
            EventsOf(plain),
            new(CrateParts.Prov, ProvDocument.Of(draft.Source)),
            new(CrateParts.Keys, Encoding.UTF8.GetBytes(plain.Keys)),
        ];
        entries.Add(new(CrateMetadata.File, CrateMetadata.Of(draft.Source, [.. entries.Select(entry => entry.File)], packed)));
        var manifest = ListOf([.. entries.Select(entry => entry.File), .. packed.Values]);
        var noted = await NoteAsync(caller, draft, RunExported.Crate, manifest, cancel);
        if (!noted.Ok) return Result.Refused<IReadOnlyList<CrateEntry>>(noted.Problems);
        var proof = await SealedAsync(draft, noted.Value, cancel);
        return Result.Of<IReadOnlyList<CrateEntry>>([.. entries, manifest, new(CrateParts.Proof,
            (proof with { Record = [.. proof.Record.Where(line => line.Stream == noted.Value.Stream)] }).ToBytes())]);
    }

    /// <summary>The run as PROV-JSON, UTF-8.</summary>
    public async Task<Result<byte[]>> ProvAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var draft = await BeginAsync(caller, id, false, cancel);
        if (!draft.Ok) return Result.Refused<byte[]>(draft.Problems);
        var entry = new CrateEntry(CrateParts.Prov, ProvDocument.Of(draft.Value.Source));
        var noted = await NoteAsync(caller, draft.Value, RunExported.Prov, ListOf([entry.File]), cancel);
        return noted.Ok ? entry.Bytes : Result.Refused<byte[]>(noted.Problems);
    }

    /// <summary>The run's events and what shows that they are sealed, in one file (<see cref="EventProof"/>), UTF-8. The event
    /// that it was taken is the last in it.</summary>
    /// <param name="caller">Who takes it.</param>
    /// <param name="id">The run.</param>
    /// <param name="withRelated">As for a crate.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<byte[]>> ProofAsync(Caller caller, Id<Run> id, bool withRelated, CancellationToken cancel)
    {
        var draft = await BeginAsync(caller, id, withRelated, cancel);
        if (!draft.Ok) return Result.Refused<byte[]>(draft.Problems);
        var plain = await proofs.ProveAsync([draft.Value.Stream], draft.Value.Related, cancel);
        var noted = await NoteAsync(caller, draft.Value, RunExported.Proof, ListOf([EventsOf(plain).File]), cancel);
        if (!noted.Ok) return Result.Refused<byte[]>(noted.Problems);
        return (await SealedAsync(draft.Value, noted.Value, cancel)).ToBytes();
    }

    private async Task<Result<(string Stream, long Position)>> NoteAsync(
        Caller caller, CrateDraft draft, string kind, CrateEntry manifest, CancellationToken cancel)
    {
        var (stream, request) = ($"{RunExported.Prefix}-{chance.NewGuid():n}", draft.Source.Request);
        var head = Convert.ToHexStringLower(draft.Source.Events[^1].Hash.Span);
        var noted = await ledger.AppendAsync(caller, [new(stream, 0, [new RunExported(
            request.RunId, request.ProjectId, draft.Stream.Version, head, manifest.File.Sha256, kind)])], cancel);
        return noted.Ok ? (stream, noted.Value.Position) : Result.Refused<(string, long)>(noted.Problems);
    }

    private async Task<EventProof> SealedAsync(CrateDraft draft, (string Stream, long Position) noted, CancellationToken cancel)
    {
        await proofs.SealAsync(noted.Position, cancel);
        return await proofs.ProveAsync([draft.Stream, (noted.Stream, 1)], draft.Related, cancel);
    }

    private static CrateEntry EventsOf(EventProof proof) =>
        new(CrateParts.Events, Encoding.UTF8.GetBytes(string.Concat(proof.Record.Select(line => $"{line}\n"))));

    private static IEnumerable<(int, string, long, string)> Arrived(CrateSource source)
    {
        foreach (var (index, output) in source.Request.Plan.Outputs.Index())
            if (source.Transfer("output", index) is { Sha256: { } sha256 } transfer)
                yield return (index, output.To.Path.Split('/')[^1], transfer.Bytes, sha256);
    }

    private static CrateEntry ListOf(IEnumerable<CrateFile> files) => new(
        CrateParts.Manifest, Encoding.UTF8.GetBytes(string.Concat(
            files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Path}\n"))));
}
