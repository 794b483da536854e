using Portal.Domain.Common;
using Portal.Domain.Machines;
using Quartz;

namespace Portal.Jobs.Queue;

/// <summary>The queue in Quartz's clustered store: one job a machine, its key the machine's id, recovered when its node dies.</summary>
internal sealed class QuartzMachineQueue(ISchedulerFactory factory) : IMachineQueue
{
    /// <summary>The group of the machines' jobs.</summary>
    public const string Group = "machines";

    /// <inheritdoc/>
    public async Task WorkOnAsync(Id<Machine> machine, CancellationToken cancel)
    {
        var scheduler = await factory.GetScheduler(cancel);
        var key = new JobKey(machine.ToString(), Group);
        if (await scheduler.Exists(key, cancel))
        {
            // A trigger that Quartz gave up, since the database was away at the wrong moment, would keep the machine from being worked on.
            foreach (var known in await scheduler.GetTriggersOfJob(key, cancel))
                if (await scheduler.GetTriggerState(known.Key, cancel) == TriggerState.Error) await scheduler.ResetTriggerFromErrorState(known.Key, cancel);
            return;
        }
        var job = JobBuilder.Create<WorkOnMachineJob>().WithIdentity(key).RequestRecovery().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(machine.ToString(), Group).StartNow().Build();
        try
        {
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancel);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another node was quicker.
            return;
        }
    }
}
