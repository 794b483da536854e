using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Reading logs by parts.</summary>
[QueryType]
public static class LogQueries
{
    /// <summary>A part of the log of a step; null if there is no such run or step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="runs">Shows the run.</param>
    /// <param name="logs">Reads the log.</param>
    /// <param name="stream">Which of the two.</param>
    /// <param name="attempt">The attempt, from 1; the last one when left out.</param>
    /// <param name="task">The task, for a step with an array.</param>
    /// <param name="offset">Byte to begin with.</param>
    /// <param name="limit">Most bytes, at most 1 MiB.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<LogPart?> GetLogAsync([Id("Run")] Id<Run> run, string step, [Caller] Caller caller,
        ShowRunHandler runs, ReadLogHandler logs, LogStream stream = LogStream.Stdout, int? attempt = null, int? task = null,
        long offset = 0, int limit = 65_536, CancellationToken cancel = default)
    {
        var name = (await LogNames.FindAsync(runs, caller, run, step, stream, attempt, task, cancel)).OrNull();
        if (name is null) return null;
        var piece = await logs.HandleAsync(caller, name, offset, Math.Max(limit, LogPart.Smallest), cancel);
        return piece.OrNull() is { } found ? LogPart.Of(found) : null;
    }
}

/// <summary>Following logs.</summary>
[SubscriptionType]
public static class LogSubscriptions
{
    private const int PartSize = 65_536;

    /// <summary>
    /// The log of a step from an offset on, and what is added to it, until it is complete. Who goes on at the last
    /// <c>nextOffset</c> misses nothing and sees nothing twice.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="runs">Shows the run.</param>
    /// <param name="logs">Reads the log.</param>
    /// <param name="stream">Which of the two.</param>
    /// <param name="attempt">The attempt, from 1; the last one when left out.</param>
    /// <param name="task">The task, for a step with an array.</param>
    /// <param name="offset">Byte to begin with.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<LogPart> GetLogAsync([Id("Run")] Id<Run> run, string step, [Caller] Caller caller,
        ShowRunHandler runs, ReadLogHandler logs, LogStream stream = LogStream.Stdout,
        int? attempt = null, int? task = null, long offset = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var name = (await LogNames.FindAsync(runs, caller, run, step, stream, attempt, task, cancel)).OrThrow();
        using var news = logs.Listen(name);
        while (true)
        {
            var part = LogPart.Of((await logs.HandleAsync(caller, name, offset, PartSize, cancel)).OrThrow());
            if (part.NextOffset > offset || part.Complete) yield return part;
            if (part.Complete) yield break;
            if (part.NextOffset == offset) await news.WaitAsync(ReadLogHandler.LookEvery, cancel);
            offset = part.NextOffset;
        }
    }
}

/// <summary>Which log is meant.</summary>
internal static class LogNames
{
    /// <summary>The log of the attempt that is named, or of the last one.</summary>
    public static async Task<Result<LogName>> FindAsync(
        ShowRunHandler runs, Caller caller, Id<Run> id, string step, LogStream stream, int? attempt, int? task,
        CancellationToken cancel) =>
        (await runs.HandleAsync(caller, id, null, cancel)).Then<LogName>(run => new LogName(id, step,
            attempt ?? Math.Max(1, run.State.Steps.FirstOrDefault(known => known.Id == step)?.Attempt ?? 1), task,
            stream == LogStream.Stdout ? "stdout" : "stderr"));
}
