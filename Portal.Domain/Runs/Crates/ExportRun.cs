using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs.Crates;

/// <summary>A run that is about to be taken away.</summary>
/// <param name="Source">The run.</param>
/// <param name="Results">Results that have arrived: their place in the plan, name, size and hash.</param>
public sealed record CrateDraft(CrateSource Source, IReadOnlyList<(int Index, string Name, long Size, string Sha256)> Results);

/// <summary>A file of a crate with its bytes.</summary>
public sealed record CrateEntry(string Path, byte[] Bytes)
{
    /// <summary>What is told of it.</summary>
    public CrateFile File => new(Path, Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes)));
}

/// <summary>Takes a run away: as a crate, as PROV-JSON, as a proof. Whoever may read the events of its project may.</summary>
public sealed class ExportRunHandler(
    RunAccess runs, IEventStore store, IPeople people, IProofs proofs, Readings readings, Ledger ledger, IChance chance,
    CrateMaker maker)
{
    /// <summary>Most events of a run that are put into one crate.</summary>
    public const int MostEvents = 100_000;

    /// <summary>Begins a crate: the run as it is now.</summary>
    public async Task<Result<CrateDraft>> BeginAsync(Caller caller, Id<Run> id, CancellationToken cancel)
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
        var source = new CrateSource(
            events, await people.NamesAsync(CrateSource.PeopleOf(events), cancel), maker, chance.Now);
        return new CrateDraft(source, [.. Arrived(source)]);
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
        var (request, version) = (draft.Source.Request, draft.Source.History.Run.Version);
        var stream = Ledger.StreamOf<Run>(request.RunId.Value);
        var plain = await proofs.ProveAsync([(stream, version)], cancel);
        List<CrateEntry> entries =
        [
            new(CrateWorkflow.File, Encoding.UTF8.GetBytes(request.Description)),
            new(CrateParts.Events, Encoding.UTF8.GetBytes(string.Concat(plain.Record.Select(line => $"{line}\n")))),
            new(CrateParts.Prov, ProvDocument.Of(draft.Source)),
            new(CrateParts.Keys, Encoding.UTF8.GetBytes(plain.Keys)),
        ];
        entries.Add(new(CrateMetadata.File, CrateMetadata.Of(draft.Source, [.. entries.Select(entry => entry.File)], packed)));
        var manifest = new CrateEntry(CrateParts.Manifest, Manifest([.. entries.Select(entry => entry.File), .. packed.Values]));
        var export = $"{RunExported.Prefix}-{chance.NewGuid():n}";
        var noted = await ledger.AppendAsync(caller, [new(export, 0, [new RunExported(request.RunId, request.ProjectId, version,
            plain.Record[^1].Hash, manifest.File.Sha256)])], cancel);
        if (!noted.Ok) return Result.Refused<IReadOnlyList<CrateEntry>>(noted.Problems);
        await proofs.SealAsync(noted.Value.Position, cancel);
        var proof = await proofs.ProveAsync([(stream, version), (export, 1)], cancel);
        return Result.Of<IReadOnlyList<CrateEntry>>([.. entries, manifest, new(CrateParts.Proof,
            (proof with { Record = [.. proof.Record.Where(line => line.Stream == export)] }).ToBytes())]);
    }

    /// <summary>The run as PROV-JSON, UTF-8.</summary>
    public async Task<Result<byte[]>> ProvAsync(Caller caller, Id<Run> id, CancellationToken cancel) =>
        (await BeginAsync(caller, id, cancel)).Then(draft => Result.Of(ProvDocument.Of(draft.Source)));

    /// <summary>The run's events and what shows that they are sealed, in one file (<see cref="EventProof"/>), UTF-8.</summary>
    public async Task<Result<byte[]>> ProofAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var draft = await BeginAsync(caller, id, cancel);
        if (!draft.Ok) return Result.Refused<byte[]>(draft.Problems);
        await proofs.SealAsync(draft.Value.Source.Events[^1].Position, cancel);
        var proof = await proofs.ProveAsync(
            [(Ledger.StreamOf<Run>(id.Value), draft.Value.Source.History.Run.Version)], cancel);
        return proof.ToBytes();
    }

    private static IEnumerable<(int, string, long, string)> Arrived(CrateSource source)
    {
        foreach (var (index, output) in source.Request.Plan.Outputs.Index())
            if (source.Transfer("output", index) is { Sha256: { } sha256 } transfer)
                yield return (index, output.To.Path.Split('/')[^1], transfer.Bytes, sha256);
    }

    private static byte[] Manifest(IEnumerable<CrateFile> files) => Encoding.UTF8.GetBytes(string.Concat(
        files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Path}\n")));
}
