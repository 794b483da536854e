using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Code;
using Portal.Jobs.Data;
using Portal.Jobs.Logs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Jobs.Pipeline;

/// <summary>What every machine's worker is made of.</summary>
internal sealed class MachineWorkerParts(
    IEventStore store, IDocuments documents, ISites sites, ISchedulers schedulers, ILeaseKeys leases, ILeaseUses uses,
    ITransfers transfers, TransferMeter meter, Places places, ICodeSource code, LogStore logs, JudgeApproval judge,
    ReportHostKeyChangedHandler hostKeys, IChance chance, PipelineOptions options, ILoggerFactory loggers)
{
    public PipelineOptions Options => options;

    public IChance Chance => chance;

    public LogStore Logs => logs;

    public LogReader Reader { get; } = new(logs);

    public CodeActs Code { get; } = new(code);

    public ILogger Logger { get; } = loggers.CreateLogger("Portal.Jobs.Pipeline");

    public MachineLines Lines(Id<Machine> machine) => new(machine, documents, sites, schedulers, leases, uses, chance, options,
        Logger);

    public RunLog Log(Id<Run> run) => new(run, store, chance);

    public RunProcess Process(RunLog log, MachineLines lines)
    {
        var collect = new CollectActs(Reader, options, Logger);
        var files = new FileActs(transfers, places, meter, options, Logger);
        var acts = new RunActs(
            lines, new(judge), new(code), files, Code, new(collect, chance, options), collect, leases);
        return new(log, acts, new(hostKeys, leases, chance, options), Logger);
    }

    /// <summary>Runs of a machine that are not over, from the read model as of now.</summary>
    public async Task<IReadOnlyList<Id<Run>>> ActiveRunsAsync(Id<Machine> machine, CancellationToken cancel)
    {
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        var found = new List<Id<Run>>();
        string? after = null;
        do
        {
            var page = await documents.QueryAsync<RunView>(new(
                [new("machine", Comparison.Equal, machine.ToString()), new("final", Comparison.Equal, false)], "submitted_at", Limit: 500, After: after), cancel);
            found.AddRange(page.Items.Select(run => run.Id));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }
}
