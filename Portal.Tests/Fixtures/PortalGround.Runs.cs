using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Tests.Fixtures;

/// <content>What is done with runs on it, and what is seen of them.</content>
public sealed partial class PortalGround
{
    /// <summary>Long enough for a loaded machine; what takes longer is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Submits a description.</summary>
    public async Task<Id<Run>> SubmitAsync(string description, params (string Name, string Value)[] parameters)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        Ok(await TrySubmitAsync(description, run, null, parameters));
        return run;
    }

    /// <summary>Submits a description as an attended run, or not.</summary>
    public async Task<Id<Run>> SubmitAsync(string description, bool attended)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        Ok(await TrySubmitAsync(description, run, attended: attended));
        return run;
    }

    /// <summary>Submits a description, and gives what is answered.</summary>
    public Task<Result<Loaded<Run>>> TrySubmitAsync(string description, Id<Run> run, string? token = null,
        (string Name, string Value)[]? parameters = null, string? name = null, bool attended = false) =>
        Get<SubmitRunHandler>().HandleAsync(Caller, new(run, Machine, name, null, null, description,
            (parameters ?? []).ToDictionary(pair => pair.Name, pair => pair.Value), token ?? Token, Attended: attended), default);

    /// <summary>Asks for the end of a run.</summary>
    public async Task CancelAsync(Id<Run> run) => Ok(await Get<CancelRunHandler>().HandleAsync(Caller, new(run), default));

    /// <summary>Takes a run up again.</summary>
    public async Task RetryAsync(Id<Run> run) => Ok(await Get<RetryRunHandler>().HandleAsync(Caller, new(run, Token), default));

    /// <summary>The run as it is.</summary>
    public async Task<Run> ShowAsync(Id<Run> run) => Ok(await Get<ShowRunHandler>().HandleAsync(Caller, run, null, default)).State;

    /// <summary>Everything that happened to a run, as it comes.</summary>
    public async IAsyncEnumerable<Recorded> FollowAsync(Id<Run> run, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var stream = Ledger.StreamOf<Run>(run.Value);
        await foreach (var batch in Get<IEventTail>().FollowAsync(0, cancel))
            foreach (var recorded in batch)
                if (recorded.Stream == stream) yield return recorded;
    }

    /// <summary>Waits for a fact of a run, and gives everything up to it.</summary>
    public async Task<IReadOnlyList<object>> UntilAsync(Id<Run> run, Func<object, bool> fact, int times = 1)
    {
        using var limit = new CancellationTokenSource(Patience);
        var seen = new List<object>();
        try
        {
            await foreach (var recorded in FollowAsync(run, limit.Token))
            {
                seen.Add(recorded.Body);
                if (fact(recorded.Body) && --times == 0) return seen;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not happen. What did:\n{string.Join('\n', seen)}");
        }
        throw new InvalidOperationException("The tail ended.");
    }

    /// <summary>Waits for the end of a run; gives all that happened, of which one fact alone is an end.</summary>
    public async Task<IReadOnlyList<object>> EndAsync(Id<Run> run)
    {
        await UntilAsync(run, IsEnd);
        var all = await FactsAsync(run);
        Assert.Single(all, IsEnd);
        return all;
    }

    /// <summary>Waits for a run to succeed.</summary>
    public async Task<IReadOnlyList<object>> SucceededAsync(Id<Run> run)
    {
        var all = await EndAsync(run);
        Assert.True(all.Any(fact => fact is RunSucceeded), string.Join('\n', all));
        return all;
    }

    /// <summary>Waits for a run to fail, and gives the failure.</summary>
    public async Task<Failure> FailedAsync(Id<Run> run) => Assert.Single((await EndAsync(run)).OfType<RunFailed>()).Failure;

    /// <summary>All facts of a run so far.</summary>
    public async Task<IReadOnlyList<object>> FactsAsync(Id<Run> run) =>
        [.. Ok(await Get<ReadRunEventsHandler>().HandleAsync(Caller, run, 0, 100_000, default)).Select(recorded => recorded.Body)];

    /// <summary>Whether a fact ends a run.</summary>
    public static bool IsEnd(object fact) => fact is RunSucceeded or RunFailed or RunCancelled;

    /// <summary>Ids of every job that Slurm ever had of a run, by the keys that travelled with them.</summary>
    public async Task<IReadOnlyList<string>> JobsAsync(Id<Run> run) => Lines((await Site.RunAsync(
        $"{{ squeue -h -t all -o '%F|%j'; sacct -n -X -P -S now-1days -o JobID,JobName; }} | grep -F 'portal-{run}-' "
        + "| sed 's/[_+|].*//' | sort -u")).Output);

    /// <summary>Ids of a run's jobs that wait or run now.</summary>
    public async Task<IReadOnlyList<string>> LivingAsync(Id<Run> run) =>
        Lines((await Site.RunAsync($"squeue -h -o '%F|%j' | grep -F 'portal-{run}-'")).Output);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
