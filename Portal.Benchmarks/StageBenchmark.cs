using System.Globalization;
using Portal.Benchmarks.Ground;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;

namespace Portal.Benchmarks;

/// <summary>1 GiB from FTP to the machine, hashed at both ends and compared, beside <c>curl | ssh 'cat > file'</c> with the same
/// cipher; in turns, medians.</summary>
public static class StageBenchmark
{
    private const int Rounds = 5;
    private const double MiB = 1 << 20;
    private const string Name = "portal-bench.bin";

    /// <summary>Speed in MiB/s; how much the process grew at its largest beside the 64 MiB that it may; what it wrote to its disk.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await using var site = await DemoSite.StartAsync(cancel);
        await using var plain = await BareSsh.ConnectAsync(site, cancel);
        await using var machine = await SiteConnection.OpenAsync(site, cancel);
        await site.RunAsync($"mkdir -p {site["workdir"]}; cd {site["ftpFolder"]}; head -c 16M /dev/urandom > part; "
            + $"for i in $(seq 64); do cat part; done > {Name}; mv part small.bin", cancel);
        var source = new CurlEndpoints(
            EndpointSettings.Default with { Outgoing = new(new() { Allow = SiteConnection.Here }) }).Open(Address(site), new(site["ftpUser"], site.FtpPassword));
        // Everything is loaded and compiled before the first round counts.
        await OursAsync(source, "small.bin", machine, site["workdir"], cancel);
        List<double> ours = [], bare = [];
        double growth = 0, written = 0;
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await BareAsync(site, plain, cancel));
            GC.Collect();
            var before = (Memory: Environment.WorkingSet, Written: Written());
            var (seconds, peak) = await OursAsync(source, Name, machine, site["workdir"], cancel);
            ours.Add(seconds);
            growth = Math.Max(growth, (peak - before.Memory) / MiB);
            written = Math.Max(written, (Written() - before.Written) / MiB);
        }
        return
        [
            Measure.More("stage", 1024 / Statistics.Median(ours), 1024 / Statistics.Median(bare), "MiB/s"),
            Measure.Less("stage, memory growth", growth, 64, "MiB"),
            Measure.Less("stage, written to disk", written, 1, "MiB"),
        ];
    }

    private static async Task<double> BareAsync(DemoSite site, BareSsh plain, CancellationToken cancel)
    {
        var target = site["workdir"] + "/bare.bin";
        var url = site["ftpUrl"].Replace("://", $"://{site["ftpUser"]}@", StringComparison.Ordinal) + "/" + Name;
        // The password travels as the portal's does: not on a command line.
        var line = $"set -o pipefail; curl -sS --config - {url} | {plain.CommandLine} 'cat > {target}'";
        var login = $"user = \"{site["ftpUser"]}:{site.FtpPassword}\"\n";
        var seconds = await Statistics.TimeAsync(() => DemoSite.ToolAsync("bash", ["-c", line], login, cancel));
        await site.RunAsync($"[ $(stat -c %s {target}) = $((1 << 30)) ] && rm {target}", cancel);
        return seconds;
    }

    private static async Task<(double Seconds, long Peak)> OursAsync(
        IFiles source, string name, ISite machine, string folder, CancellationToken cancel)
    {
        var transfers = new StreamingTransfers(TimeProvider.System);
        var request = new TransferRequest(source, name, machine, folder + "/ours.bin");
        using var peak = new PeakMemory();
        var seconds = await Statistics.TimeAsync(() => transfers.MoveAsync(request, _ => ValueTask.CompletedTask, cancel));
        await transfers.ForgetAsync(request, cancel);
        await machine.RemoveAsync(request.TargetPath, cancel);
        return (seconds, peak.Bytes);
    }

    private static EndpointAddress Address(DemoSite site)
    {
        var url = new Uri(site["ftpUrl"]);
        return new(url.Scheme, url.Host, url.Port);
    }

    // proc(5): bytes that this process has caused to be written to a disk, those still in the page cache included.
    private static long Written() => long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("write_bytes:",
        StringComparison.Ordinal))["write_bytes:".Length..], CultureInfo.InvariantCulture);
}
