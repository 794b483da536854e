using Microsoft.Extensions.DependencyInjection;
using Portal.Jobs.Pipeline;
using Quartz;

namespace Portal.Jobs.Queue;

/// <summary>Puts the queue together.</summary>
public static class QueueServices
{
    /// <summary>Adds Quartz with its clustered store in the portal's database.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connectionString">The portal's database.</param>
    /// <param name="node">This node's name: the same after a restart, so that it takes its own work up at once.</param>
    /// <param name="options">How often runs are looked over.</param>
    public static IServiceCollection AddQueue(this IServiceCollection services, string connectionString, string node, PipelineOptions options)
    {
        services.AddSingleton<IMachineQueue, QuartzMachineQueue>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "portal";
                scheduler.InstanceId = node;
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(5);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            // A machine's job lasts as long as it has runs, but holds no thread while it waits.
            quartz.UseDefaultThreadPool(1000);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseSystemTextJsonSerializer();
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(3));
                store.ProvisionSchema();
            });
            quartz.AddJob<SweepJob>(job => job.WithIdentity("sweep").StoreDurably());
            quartz.AddTrigger(trigger => trigger.ForJob("sweep").WithIdentity("sweep")
                .WithSimpleSchedule(schedule => schedule.WithInterval(options.SweepEvery).RepeatForever()).StartNow());
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }
}
