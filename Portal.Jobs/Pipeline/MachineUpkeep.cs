using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;

namespace Portal.Jobs.Pipeline;

/// <summary>What is looked after while runs of a machine go on: logs that somebody watches, lines that nobody may use any more.</summary>
internal sealed class MachineUpkeep(Id<Machine> machine, MachineWorkerParts parts, MachineLines lines, Func<IReadOnlyList<Run>> runs)
{
    private DateTimeOffset _usedAt = parts.Chance.Now;

    /// <summary>Looks after them once a second.</summary>
    public Task KeepAsync(CancellationToken cancel) =>
        Task.WhenAll(EverySecondAsync(FollowLogsAsync, cancel), EverySecondAsync(CloseLinesAsync, cancel));

    private async Task EverySecondAsync(Func<CancellationToken, Task> act, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await act(cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                parts.Logger.LogWarning("Looking after machine {Machine} failed and is tried again: {Fault}", machine, fault.Message);
            }
        }
    }

    // A key serves the next run at once when it comes within seconds; one that may not be used any more goes with the next tick.
    private async Task CloseLinesAsync(CancellationToken cancel)
    {
        var now = parts.Chance.Now;
        var leases = runs().Select(run => run.Lease).ToList();
        if (leases.Exists(lease => lease is { Ended: null } && lease.Until > now)) _usedAt = now;
        var over = leases.Exists(lease => lease is { Ended: not (null or "done") } || lease?.Until <= now);
        if (over || now - _usedAt > parts.Options.KeyLinger) await lines.CloseUnusedAsync(InUse, cancel);
    }

    private HashSet<Id<Credential>> InUse() => [.. runs().Select(run => run.Lease)
        .Where(lease => lease is { Ended: null } && lease.Until > parts.Chance.Now).Select(lease => lease!.Credential)];

    private async Task FollowLogsAsync(CancellationToken cancel)
    {
        var running = runs().Where(run => run.Steps.Any(step => step.Status is StepStatus.Running or StepStatus.Queued))
            .ToDictionary(run => run.Request.RunId);
        if (running.Count == 0) return;
        var watched = await parts.Logs.WatchedAsync(running.Keys, cancel);
        if (watched.Count == 0) return;
        foreach (var line in await lines.OpenAsync(cancel))
        {
            var here = watched.Where(name => running[name.Run].Lease?.Credential == line.Credential)
                .Select(name => (Name: name, Step: StepOf(running[name.Run], name))).Where(pair => pair.Step?.Key is not null)
                .Select(pair => (pair.Name, LogReader.PathOf(running[pair.Name.Run].Request.Folder, pair.Step!.Key!, pair.Name))).ToList();
            await parts.Reader.TakeAsync(line.Site, here, complete: false, cancel);
        }
    }

    private static StepState? StepOf(Run run, LogName name) =>
        run.Steps.FirstOrDefault(step => step.Id == name.Step && step.Attempt == name.Attempt);
}
