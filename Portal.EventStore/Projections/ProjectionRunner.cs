using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Keeps one asynchronous projection up with the events. Every node runs one; a lock held for the length of a batch
/// lets one at a time work, so another takes over by itself when a node is gone.</summary>
internal sealed class ProjectionRunner(NpgsqlDataSource source, EventTypes types, ProjectionTable projection, ArchivedBodies archived,
    Wake wake, Wake progress, TimeProvider time, ILogger log)
{
    // Who is far behind goes in longer strides: what is written to one row again and again is written once.
    private const int LongPageSize = 5000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private int failures;

    public async Task RunAsync(CancellationToken cancel)
    {
        var (looked, size, filled) = (0L, projection.PageSize, false);
        for (var unsettled = 0; !cancel.IsCancellationRequested;)
        {
            try
            {
                await Wake.GatherAsync(looked, projection.Gathering, cancel);
                var next = wake.Next;
                // After a failure one by one, so that everything before the bad event is shown.
                var step = await StepAsync(failures == 0 ? size : 1, cancel);
                size = step == Step.Moved && failures == 0 ? LongPageSize : projection.PageSize;
                if (step is Step.Moved or Step.MovedToEnd)
                    failures = 0;
                unsettled = step == Step.Unsettled ? unsettled + 1 : 0;
                looked = step == Step.Moved ? 0 : Stopwatch.GetTimestamp();
                if (step != Step.Moved && !filled)
                {
                    await projection.FilledAsync(source, cancel);
                    filled = true;
                }
                if (step != Step.Moved)
                    await Wake.WaitAsync(next, unsettled, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                await PauseAsync(error, cancel);
            }
        }
    }

    /// <summary>Folds the next events, unless another node is at it.</summary>
    private async Task<Step> StepAsync(int limit, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await TakeAsync(connection, cancel) is not { } place)
            return Step.Nothing;
        var (events, last, count, unsettled) = await ReadAsync(connection, place, limit, cancel);
        if (count == 0)
            return unsettled ? Step.Unsettled : Step.Nothing;
        await using var writes = new NpgsqlBatch(connection);
        await projection.ApplyAsync(connection, events, writes, cancel);
        writes.BatchCommands.Add(ProjectionState.MovedCommand(projection, last.Position));
        await writes.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        progress.Pulse();
        return count < limit && !unsettled ? Step.MovedToEnd : Step.Moved;
    }

    private async Task<HandledPage> ReadAsync(NpgsqlConnection connection, EventOrder place, int limit, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { EventReader.HandledCommand(place, limit, projection.Handled) } };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var page = await EventReader.HandledAsync(rows, types, projection.Handled is null, cancel);
        await archived.FillAsync(page.Events, projection.Handled is null, cancel);
        return page;
    }

    private async Task<EventOrder?> TakeAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Rows and position are lost together in a crash, and made again: no need to wait for the disk.
                new("set local synchronous_commit = off"),
                new($"select pg_try_advisory_xact_lock({projection.LockKey})"),
                ProjectionState.PlaceCommand(projection),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        if (!rows.GetBoolean(0))
            return null;
        await rows.NextResultAsync(cancel);
        return await rows.ReadAsync(cancel) ? new(rows.GetInt32(0), rows.GetFieldValue<ulong>(1), rows.GetInt64(2)) : null;
    }

    private async Task PauseAsync(Exception error, CancellationToken cancel)
    {
        if (Retrying.IsPassing(error))
        {
            log.LogWarning("The projection {Projection} waits for the database: {Cause}", projection.Name, error.Message);
            await Task.WhenAny(wake.Next, Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None));
            return;
        }
        failures++;
        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(failures - 1, 12)));
        pause = pause < LongestPause ? pause : LongestPause;
        if (failures == 1 && error is ProjectionException)
            pause = TimeSpan.Zero;
        log.LogError(error, "The projection {Projection} stands still ({Failures}); trying again in {Pause}.",
            projection.Name, failures, pause);
        try
        {
            await ProjectionState.FailedAsync(source, projection, failures, error.Message, cancel);
            await Task.Delay(pause, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            log.LogDebug("The projection {Projection} ends.", projection.Name);
        }
        catch (NpgsqlException unreachable)
        {
            log.LogWarning("The state of {Projection} cannot be noted: {Cause}", projection.Name, unreachable.Message);
            await Task.WhenAny(Task.Delay(pause, time, CancellationToken.None), wake.Next);
        }
    }

    private enum Step { Nothing, Unsettled, Moved, MovedToEnd }
}
