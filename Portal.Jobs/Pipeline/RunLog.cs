using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Jobs.Pipeline;

/// <summary>A run as its process knows it, and the only way by which that process writes facts.</summary>
internal sealed class RunLog(Id<Run> id, IEventStore store, IChance chance)
{
    private readonly string _stream = Ledger.StreamOf<Run>(id.Value);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RunCauses _causes = new();
    private readonly List<CredentialUsed> _uses = [];
    private long _version;
    private EventMetadata _metadata = new("portal", "system", "worker", Guid.Empty);

    public Id<Run> Id => id;

    /// <summary>The run as of the last reading or writing.</summary>
    public Run State { get; private set; } = Run.Empty;

    /// <summary>The portal's worker as it goes on with what the run's last request began.</summary>
    public Caller Worker => Caller.Worker(_metadata.CorrelationId, _metadata.CausationId);

    /// <summary>Reads what others wrote meanwhile.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await ReadAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The key is about to be used. That is written with the next fact, unless it was told before.</summary>
    public void Note(KeyUse use, string? step)
    {
        if (State.Lease is not { } lease) return;
        lock (_uses) _uses.Add(new(id, lease.Credential, lease.Id, use, step));
    }

    /// <summary>Writes what <paramref name="decide"/> makes of the run; when others wrote meanwhile, it is asked again on what
    /// the run is then. Facts that follow an act are written whatever the process is told meanwhile, so this takes no
    /// token of the act's.</summary>
    /// <returns>Whether anything was written.</returns>
    public async Task<bool> WriteAsync(Func<Run, IReadOnlyList<object>> decide, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            while (true)
            {
                // Nothing follows an end, whoever wrote it, but a retry, and that is no worker's.
                if (State.Phase.IsFinal()) return false;
                var facts = decide(State);
                if (facts.Count == 0) return false;
                facts = [.. Untold(), .. facts];
                var events = _causes.Named(facts, chance);
                var append = new StreamAppend(_stream, _version, events, _metadata);
                if (await store.AppendAsync([append], stop) is AppendResult.Appended done)
                {
                    foreach (var fact in facts) State = State.After(fact, done.Time);
                    foreach (var written in events) _causes.See(written.Id, written.Body);
                    _version = done.Versions[0];
                    return true;
                }
                await ReadAsync(stop);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<CredentialUsed> Untold()
    {
        lock (_uses)
        {
            _uses.RemoveAll(use => State.Uses.Any(told => told with { LeaseId = use.LeaseId } == use));
            return [.. _uses.Distinct()];
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        await foreach (var recorded in store.ReadStreamAsync(_stream, _version + 1, cancel: cancel))
        {
            // What is done from here on is done since somebody asked for it.
            if (recorded.Body is RunSubmitted or RunRetried)
                _metadata = _metadata with { CorrelationId = recorded.Metadata.CorrelationId, CausationId = recorded.Id };
            _causes.See(recorded.Id, recorded.Body);
            (State, _version) = (State.Apply(recorded), recorded.Version);
        }
    }
}
