using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>One credential's connection to one machine, and what speaks over it.</summary>
internal sealed class MachineLine : IAsyncDisposable
{
    public MachineLine(MachineView machine, Id<Credential> credential, ISite site, IScheduler scheduler, PipelineOptions options, ILogger logger)
    {
        (Machine, Credential, Site, Scheduler) = (machine, credential, site, scheduler);
        Submissions = new(site, scheduler);
        Jobs = new(site, scheduler, options, logger);
    }

    /// <summary>The machine as it was when the line was opened; a line is opened anew when that changes.</summary>
    public MachineView Machine { get; }

    /// <summary>With whose key.</summary>
    public Id<Credential> Credential { get; }

    /// <summary>The leases that it served for; each counts as a use of its lease.</summary>
    public HashSet<Id<Lease>> Leases { get; } = [];

    /// <summary>Commands and files.</summary>
    public ISite Site { get; }

    /// <summary>The machine's scheduler.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>Jobs on their way to the scheduler.</summary>
    public SubmissionQueue Submissions { get; }

    /// <summary>Jobs that are followed.</summary>
    public JobWatcher Jobs { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await Submissions.DisposeAsync();
        await Site.DisposeAsync();
    }
}
