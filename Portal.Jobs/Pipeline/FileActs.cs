using Microsoft.Extensions.Logging;
using Portal.Domain.Runs;
using Portal.Jobs.Data;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Jobs.Pipeline;

/// <summary>Moves a run's inputs to its machine, and its outputs to their endpoints.</summary>
internal sealed class FileActs(
    ITransfers transfers, Places places, TransferMeter meters, PipelineOptions options, ILogger logger)
{
    /// <summary>Moves inputs.</summary>
    public async Task FetchAsync(RunLog log, MachineLine line, IReadOnlyList<int> inputs, CancellationToken interrupt, CancellationToken stop)
    {
        var request = log.State.Request;
        await log.WriteAsync(state => Facts.Begin(state, Phase.FetchingInputs), stop);
        await AllAsync(inputs, interrupt, async (index, cancel) =>
        {
            var input = request.Plan.Inputs[index];
            var (source, path) = await places.OpenAsync(request.ProjectId, input.From, cancel);
            await MoveAsync(log, new(log.Id, NextAct.TransferKey("input", index), input.From.ToString(), input.To, 0), Phase.FetchingInputs,
                new(source, path, line.Site, $"{request.Folder}/{input.To}"), cancel, stop);
        });
    }

    /// <summary>Moves outputs.</summary>
    public async Task UploadAsync(RunLog log, MachineLine line, IReadOnlyList<int> outputs, CancellationToken interrupt, CancellationToken stop)
    {
        var request = log.State.Request;
        await log.WriteAsync(state => Facts.Begin(state, Phase.Uploading), stop);
        await AllAsync(outputs, interrupt, async (index, cancel) =>
        {
            var output = request.Plan.Outputs[index];
            var (target, path) = await places.OpenAsync(request.ProjectId, output.To, cancel);
            await MoveAsync(log, new(log.Id, NextAct.TransferKey("output", index), output.From, output.To.ToString(), 0), Phase.Uploading,
                new(line.Site, $"{request.Folder}/{output.From}", target, path), cancel, stop);
        });
    }

    private async Task MoveAsync(RunLog log, TransferStarted started, Phase phase, TransferRequest request,
        CancellationToken interrupt, CancellationToken stop)
    {
        var key = started.Transfer;
        // Before its start is told: a run that is held for want of quota looks again and again, and tells nothing.
        using var meter = await meters.BeginAsync(
            log.State.Request.ProjectId, log.State.Transfers.GetValueOrDefault(key)?.Total, interrupt);
        await log.WriteAsync(state => Facts.Begin(state, phase,
            started with { Attempt = (state.Transfers.GetValueOrDefault(key)?.Attempts ?? 0) + 1 }), stop);
        var receipt = await MoveAsync(log, key, phase, request, meter, stop);
        await log.WriteAsync(state => state.Transfers[key].Done
            ? []
            : Facts.With(state, phase, new TransferCompleted(log.Id, key, receipt.Bytes, receipt.Sha256, receipt.Reused)), stop);
        // From here on the event is the proof; the journal beside the file has done its work.
        try
        {
            await transfers.ForgetAsync(request, interrupt);
        }
        catch (PlaceException fault)
        {
            logger.LogInformation("The journal of {Transfer} of run {Run} stays: {Fault}", key, log.Id, fault.Message);
        }
    }

    private async Task<TransferReceipt> MoveAsync(
        RunLog log, string key, Phase phase, TransferRequest request, MeteredTransfer meter, CancellationToken stop)
    {
        try
        {
            return await transfers.MoveAsync(request, async progress =>
            {
                await log.WriteAsync(state => Progressed(state, phase, new(log.Id, key, progress.Bytes, progress.Total)), stop);
                // What lay there whole before is not moved.
                if (progress.ResumedFrom != progress.Total) await meter.CountAsync(progress.Total ?? progress.Bytes, stop);
            }, meter.Goes);
        }
        catch (Exception fault) when (meter.Refusal is not null && fault is OperationCanceledException or PlaceException)
        {
            throw new PlaceException(FaultKind.Blocking, meter.Refusal!, fault);
        }
    }

    // More bytes than ever before are a success, and release what is held; fewer mean that it began anew.
    private static IReadOnlyList<object> Progressed(Run state, Phase phase, TransferProgressed progressed) =>
        !state.Transfers.TryGetValue(progressed.Transfer, out var transfer) || transfer.Done || transfer.Bytes == progressed.Bytes ? []
        : progressed.Bytes > transfer.Most ? Facts.With(state, phase, progressed)
        : [progressed];

    // The first fault breaks the others off; what they had moved stays for the next attempt.
    private Task AllAsync(IReadOnlyList<int> indices, CancellationToken interrupt, Func<int, CancellationToken, Task> move) =>
        Parallel.ForEachAsync(indices, new ParallelOptions { MaxDegreeOfParallelism = options.TransfersAtOnce, CancellationToken = interrupt },
            async (index, cancel) => await move(index, cancel));
}
