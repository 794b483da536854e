using Microsoft.Extensions.Logging;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Looks for what a run made, and takes its logs while the key is there.</summary>
internal sealed class CollectActs(LogReader reader, PipelineOptions options, ILogger logger)
{
    private const int MostTasks = 64;
    private const int Attempts = 3;

    /// <summary>Looks for the declared outputs.</summary>
    public async Task FindOutputsAsync(RunLog log, MachineLine line, CancellationToken interrupt, CancellationToken stop)
    {
        var request = log.State.Request;
        await log.WriteAsync(state => Facts.Begin(state, Phase.Collecting), stop);
        var found = new List<FoundOutput>();
        foreach (var output in request.Plan.Outputs)
        {
            var stat = await line.Site.StatAsync($"{request.Folder}/{output.From}", interrupt);
            found.Add(new(output.From, stat is { IsFolder: false } ? stat.Size : null));
        }
        await log.WriteAsync(state => state.Outputs is null ? Facts.With(state, Phase.Collecting, new OutputsFound(log.Id, found)) : [], stop);
    }

    /// <summary>Takes the logs of a step that ended: those of failed tasks first, of a large array not all. A log that cannot be had
    /// is no reason for a run to fail.</summary>
    public async Task TakeLogsAsync(Run run, MachineLine line, StepState step, JobReport report, CancellationToken interrupt)
    {
        var array = run.Request.Plan.Steps.First(candidate => candidate.Id == step.Id).Resources.Array;
        IEnumerable<int?> tasks = array is null
            ? [null]
            : report.Tasks.OrderByDescending(task => task.Verdict == Verdict.Failed).Select(task => task.TaskId).Take(MostTasks);
        var names = tasks.SelectMany(task => new[] { "stdout", "stderr" }.Select(stream => new LogName(run.Request.RunId, step.Id, step.Attempt, task, stream)));
        var wanted = names.Select(name => (name, LogReader.PathOf(run.Request.Folder, step.Key!, name))).ToList();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await reader.TakeAsync(line.Site, wanted, complete: true, interrupt);
                return;
            }
            catch (PlaceException fault)
            {
                logger.LogWarning("The logs of step {Step} of run {Run} could not be taken: {Fault}", step.Id, run.Request.RunId, fault.Message);
                // A connection cut at this moment comes back with the next command.
                if (fault.Kind is not (FaultKind.Transient or FaultKind.Unknown) || attempt == Attempts) return;
            }
            await Task.Delay(options.PauseAfter(attempt), interrupt);
        }
    }
}
