using Portal.Domain.Runs;
using Portal.Jobs.Code;
using Portal.Jobs.Schedulers;

namespace Portal.Jobs.Pipeline;

/// <summary>Looks on the machine for what a retry keeps. People tidy up after a run that failed, and steps change files.</summary>
internal sealed class KeptActs(ICodeSource code)
{
    /// <summary>Looks, and writes what is gone.</summary>
    public async Task CheckAsync(RunLog log, MachineLine line, CancellationToken interrupt, CancellationToken stop)
    {
        var run = log.State;
        var gone = await GoneStepsAsync(run, line, interrupt);
        var (transfers, without) = (new List<string>(), false);
        // Where every step is over, nothing needs inputs or code any more.
        if (gone.Count > 0 || run.PresentStep is not null)
        {
            // A step that ended well may have changed its inputs, and the next relies on that: then it is enough that they are there.
            var untouched = gone.Count == run.Steps.Count(step => step.Status == StepStatus.Succeeded);
            for (var index = 0; index < run.Request.Plan.Inputs.Count; index++)
            {
                if (run.Transfers.GetValueOrDefault(NextAct.TransferKey("input", index)) is not { Done: true } input) continue;
                var path = $"{run.Request.Folder}/{run.Request.Plan.Inputs[index].To}";
                if (!await IsThereAsync(line, path, untouched ? input : null, interrupt)) transfers.Add(input.Key);
            }
            without = run.Code is { Staged: true, TreeHash: { } tree }
                && !await code.IsThereAsync(tree, line.Site, $"{run.Request.Folder}/{run.Request.Plan.Code!.To}", interrupt);
        }
        await log.WriteAsync(state => state.Unchecked
            ? Facts.With(state, state.Phase, new KeptChecked(log.Id, transfers, without, gone))
            : [], stop);
    }

    // What a step leaves is known to nobody but it. Its own folder stands for that: with it the run's folder went, or was tidied.
    private static async Task<IReadOnlyList<string>> GoneStepsAsync(Run run, MachineLine line, CancellationToken interrupt)
    {
        var well = run.Steps.Where(step => step.Status == StepStatus.Succeeded).ToList();
        foreach (var step in well)
        {
            if (await line.Site.StatAsync(JobFiles.Folder(run.Request.Folder, step.Key!), interrupt) is { IsFolder: true }) continue;
            return [.. well.SkipWhile(candidate => candidate != step).Select(candidate => candidate.Id)];
        }
        return [];
    }

    private static async Task<bool> IsThereAsync(MachineLine line, string path, TransferState? same, CancellationToken interrupt)
    {
        if (await line.Site.StatAsync(path, interrupt) is not { IsFolder: false } found) return false;
        if (same is null) return true;
        // Where the machine cannot hash, the size has to do.
        return found.Size == same.Bytes && (await line.Site.HashAsync(path, null, interrupt) ?? same.Sha256) == same.Sha256;
    }
}
