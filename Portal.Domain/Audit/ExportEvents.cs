using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Takes away all events that fit. Whoever may read them may; that it was done is an event (<see
/// cref="EventsExported"/>).</summary>
public sealed class ExportEventsHandler(
    SearchEventsHandler events, AuditReach reach, IEventSearch search, IProofs proofs, Ledger ledger, IChance chance)
{
    // A large export takes minutes: whether its reader may still read is asked again about as often as of all who follow.
    private static readonly TimeSpan RecheckEvery = TimeSpan.FromSeconds(2);

    /// <summary>The format that a proof can stand in.</summary>
    public const string JsonLines = "jsonl";

    /// <summary>Begins: what is recorded from now on is not in it.</summary>
    /// <param name="caller">Who takes them.</param>
    /// <param name="question">Which.</param>
    /// <param name="format">What the file is: <c>jsonl</c> or <c>csv</c>.</param>
    /// <param name="proof">Whether it brings what shows that they were sealed.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<EventExport>> BeginAsync(
        Caller caller, EventQuestion question, string format, bool proof, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (proof && format != JsonLines)
            return new Problem("PROOF_NEEDS_JSONL", "A proof stands in JSON lines only.", "proof",
                Advice: "Ask for events.jsonl with the proof, or for this format without.");
        var asked = await events.AskAsync(caller, question, ReadingKind.Export, cancel);
        if (!asked.Ok) return Result.Refused<EventExport>(asked.Problems);
        if (caller.User is not { } user) return Problem.NotFound("project");
        var upTo = await search.LastPositionAsync(cancel);
        if (proof) await proofs.SealAsync(upTo, cancel);
        var found = WhileAllowedAsync(caller, question.Project, asked.Value.Within,
            search.ReadAsync(asked.Value.Search with { UpTo = upTo }, cancel));
        var begun = new EventsExported(question.Project ?? new Id<Project>(user.Value), user, asked.Value.Within.Projects,
            ExportFilter.Of(question), format, proof, false, 0, null, upTo, null, null);
        return new EventExport(begun, proof ? await proofs.KeysAsync(cancel) : null,
            proof ? proofs.ProveAsync(found, cancel) : found.Select(portion => new ExportPart(portion)),
            (taken, ends) => NoteAsync(caller, taken, ends), ProveAsync);
    }

    // Who may read less by now is sent away: what they have lacks its end, and is noted as broken off.
    private async IAsyncEnumerable<IReadOnlyList<EventText>> WhileAllowedAsync(Caller caller, Id<Project>? project, Reach within,
        IAsyncEnumerable<IReadOnlyList<EventText>> found, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var asked = chance.Now;
        await foreach (var portion in found.WithCancellation(cancel))
        {
            if (chance.Now - asked > RecheckEvery)
            {
                var now = await reach.OfAsync(caller, project, cancel);
                if (!now.Ok || !now.Value.Holds(within))
                    throw new OperationCanceledException("Who takes these events away may not read them any more.");
                asked = chance.Now;
            }
            yield return portion;
        }
    }

    private async Task<Result<EventExport.Noted>> NoteAsync(Caller caller, EventsExported taken, CancellationToken cancel)
    {
        var stream = $"{EventsExported.Prefix}-{chance.NewGuid():n}";
        var noted = await ledger.AppendAsync(caller, [new(stream, 0, [taken])], cancel);
        return noted.Ok ? new EventExport.Noted(stream, noted.Value.Position) : Result.Refused<EventExport.Noted>(noted.Problems);
    }

    private async Task<EventProof> ProveAsync(EventExport.Noted noted, CancellationToken cancel)
    {
        await proofs.SealAsync(noted.Position, cancel);
        return await proofs.ProveAsync([(noted.Stream, 1)], cancel);
    }
}
