using Microsoft.Extensions.DependencyInjection;
using Portal.Jobs.Queue;

namespace Portal.Jobs.Pipeline;

/// <summary>Puts the pipeline together.</summary>
public static class PipelineServices
{
    /// <summary>Makes this node a worker.</summary>
    /// <param name="services">The container; sites, schedulers, transfers, code and stores are registered already.</param>
    /// <param name="connectionString">The portal's database, for the queue.</param>
    /// <param name="node">This node's name.</param>
    /// <param name="options">How patient it is.</param>
    public static IServiceCollection AddPipeline(this IServiceCollection services, string connectionString, string node, PipelineOptions options)
    {
        services.AddSingleton<TransferMeter>().AddSingleton<MachineWorkerParts>().AddSingleton<MachineWorkers>();
        services.AddHostedService(provider => provider.GetRequiredService<MachineWorkers>());
        return services.AddQueue(connectionString, node, options);
    }
}
