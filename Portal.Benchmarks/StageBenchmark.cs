using System.Diagnostics;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Benchmarks;

/// <summary>Where staging is measured.</summary>
/// <param name="Source">The FTP server.</param>
/// <param name="SourcePath">A file of 1 GiB there.</param>
/// <param name="Site">The machine.</param>
/// <param name="Folder">A folder there to write to.</param>
/// <param name="Bare">Runs <c>curl | ssh 'cat > file'</c> once, with the same cipher, to the file named.</param>
public sealed record StageGround(
    IFiles Source, string SourcePath, ISite Site, string Folder, Func<string, CancellationToken, Task> Bare);

/// <summary>1 GiB from FTP to the machine, hashed and verified, beside the bare pipe; in turns, medians.</summary>
public static class StageBenchmark
{
    private const int Rounds = 3;
    private const double MiB = 1 << 20;

    /// <summary>Speed in MiB/s, and how much the process grew at its largest, in MiB, beside the 64 that it may.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(StageGround ground, CancellationToken cancel)
    {
        var size = (await ground.Source.StatAsync(ground.SourcePath, cancel))!.Size;
        var transfers = new StreamingTransfers(TimeProvider.System);
        var (ours, bare) = (new List<double>(), new List<double>());
        var growth = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var plain = ground.Folder + "/bare";
            bare.Add(await TimeAsync(() => ground.Bare(plain, cancel)));
            await ground.Site.RemoveAsync(plain, cancel);

            var request = new TransferRequest(ground.Source, ground.SourcePath, ground.Site, ground.Folder + "/ours");
            var (before, peak) = (Environment.WorkingSet, 0L);
            ours.Add(await TimeAsync(() => transfers.MoveAsync(request, _ =>
            {
                peak = Math.Max(peak, Environment.WorkingSet);
                return ValueTask.CompletedTask;
            }, cancel)));
            growth = Math.Max(growth, (peak - before) / MiB);
            await transfers.ForgetAsync(request, cancel);
            await ground.Site.RemoveAsync(request.TargetPath, cancel);
        }
        var (speed, limit) = (size / MiB / Median(ours), size / MiB / Median(bare));
        return
        [
            new("stage", speed, limit, speed / limit, "MiB/s"),
            new("stage memory", growth, 64, growth <= 0 ? 1 : 64 / growth, "MiB"),
        ];
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
