using Portal.Domain.Machines;
using Portal.Domain.Common;
using Portal.Jobs.Pipeline;
using Quartz;

namespace Portal.Jobs.Queue;

/// <summary>Works on one machine's runs until there are none. Carries an id and nothing else.</summary>
[DisallowConcurrentExecution]
internal sealed class WorkOnMachineJob(MachineWorkers workers) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await workers.WorkAsync(Id<Machine>.Parse(context.JobDetail.Key.Name), cancellationToken);
}
