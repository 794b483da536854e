using System.Globalization;
using Portal.Benchmarks.Ground;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.Slurm;

namespace Portal.Benchmarks;

/// <summary>One poll about 1,000 jobs, some of them over, beside the two bare questions (<c>squeue</c>, <c>sacct</c>) in a long-lived
/// remote shell.</summary>
public static class WatchBenchmark
{
    private const int Jobs = 1000, Over = 100, Rounds = 9;

    /// <summary>Remote commands a poll; milliseconds a poll beside the bare questions; the same beside the 2 s it may take.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await using var site = await DemoSite.StartAsync(cancel);
        await using var plain = await BareSsh.ConnectAsync(site, cancel);
        await using var shell = plain.Shell();
        await using var machine = new CountingSite(await SiteConnection.OpenAsync(site, cancel));
        var since = DateTimeOffset.UtcNow;
        var work = site["workdir"];
        var ids = (await shell.RunAsync($"mkdir -p {work}; printf '#!/bin/sh\\ntrue\\n' > {work}/bare.sh; cd {work}; "
            + $"for i in $(seq {Jobs}); do sbatch --parsable --partition=maintenance --time=1 bare.sh; done", cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await shell.RunAsync($"scancel {string.Join(' ', ids.Take(Over))}", cancel);
        var scheduler = new SlurmScheduler(TimeProvider.System);
        JobQuestion[] questions = [.. ids.Select((id, index) => new JobQuestion(
            string.Create(CultureInfo.InvariantCulture, $"bench-{index}"), new(id), work, null, since))];
        while (Ended(await scheduler.AskAsync(machine, questions, cancel)) < Over) await Task.Delay(200, cancel);

        var all = string.Join(',', ids);
        List<double> ours = [], bare = [];
        machine.Commands = 0;
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(1000 * await Statistics.TimeAsync(async () =>
            {
                if (Ended(await scheduler.AskAsync(machine, questions, cancel)) != Over) throw new InvalidOperationException("A poll missed something.");
            }));
            bare.Add(1000 * await Statistics.TimeAsync(() => shell.RunAsync(
                $"squeue -h -t all -o '%i|%T|%r'; sacct -n -P -X -j {all} -o JobID,State,ExitCode,Start,End", cancel)));
        }
        return
        [
            Measure.Less("watch, commands a poll", machine.Commands / (double)Rounds, 1, "commands"),
            Measure.Less("watch, 1000 jobs", Statistics.Median(ours), Statistics.Median(bare), "ms"),
            Measure.Less("watch, 1000 jobs, to keep to", Statistics.Median(ours), 2000, "ms"),
        ];
    }

    private static int Ended(IReadOnlyList<JobReport> reports)
    {
        if (reports.Any(report => report.Verdict == Verdict.Unknown)) return -1;
        return reports.Count(report => report.Verdict == Verdict.Cancelled);
    }
}
