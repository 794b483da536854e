using System.Globalization;
using System.Text;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers.Slurm;

public sealed partial class SlurmScheduler
{
    // How long a submission of which nothing is seen may still be on its way: a marker never made; one whose sbatch never
    // began or whose end is not known (slurmctld may hang and then queue it all the same).
    private static readonly TimeSpan YoungWithoutMarker = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan YoungWithMarker = TimeSpan.FromSeconds(60);

    /// <summary>Between the portal's clock and the machine's.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FindOutcome>> FindAsync(
        ISite site, IReadOnlyList<JobRequest> jobs, DateTimeOffset since, CancellationToken cancel)
    {
        var outcomes = new List<FindOutcome>(jobs.Count);
        foreach (var job in jobs)
            job.Check();
        foreach (var portion in jobs.Chunk(1000))
        {
            var mark = Marked.NewMark();
            var result = await site.RunAsync(FindText(mark, portion, since), TimeSpan.FromSeconds(90), cancel);
            var parts = Marked.Read(result.Output, mark).ToDictionary(s => s.Name);
            var seen = SlurmSight.Read(parts, result.Error);
            var found = portion.Select((job, i) => seen.Judge(job.Key, parts.GetValueOrDefault($"marker{i}"), since,
                clock.GetUtcNow(), YoungWithoutMarker, YoungWithMarker)).ToArray();
            await TakeMarkersAsync(site, portion, found, parts, cancel);
            outcomes.AddRange(found);
        }
        return outcomes;
    }

    /// <summary>Takes the markers of absent jobs away, so that a writer that was held up cannot submit them any more, and looks
    /// again: one that began meanwhile is not absent.</summary>
    private static async Task TakeMarkersAsync(
        ISite site, JobRequest[] jobs, FindOutcome[] found, Dictionary<string, Marked.Section> parts, CancellationToken cancel)
    {
        var mark = Marked.NewMark();
        var text = new StringBuilder();
        for (var i = 0; i < jobs.Length; i++)
        {
            if (found[i] is not FindOutcome.Absent || parts.GetValueOrDefault($"marker{i}") is not { Code: 0, Text: var before })
                continue;
            var folder = JobFiles.Folder(jobs[i].Folder, jobs[i].Key);
            var began = before.Contains("\nout", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"""
                v={Shell.Quote(folder)}/void.$(date +%s).$$
                printf '%s begin taken{i}\n' {mark}
                if mv {Shell.Quote(JobFiles.Marker(jobs[i].Folder, jobs[i].Key))} "$v"; then
                    c=0; if [ -e "$v/out" ] && [ {(began ? 1 : 0)} = 0 ]; then c=2; fi
                else c=1; fi
                printf '\n%s end taken{i} %s\n' {mark} "$c"

                """);
        }
        if (text.Length == 0)
            return;
        var result = await site.RunAsync($"(\n{text})", TimeSpan.FromSeconds(60), cancel);
        var taken = Marked.Read(result.Output, mark).ToDictionary(s => s.Name, s => s.Code);
        for (var i = 0; i < jobs.Length; i++)
        {
            if (found[i] is FindOutcome.Absent && parts.GetValueOrDefault($"marker{i}") is { Code: 0 }
                && taken.GetValueOrDefault($"taken{i}", 1) != 0)
                found[i] = new FindOutcome.Unsure("The marker could not be taken away, or the submission began just now.");
        }
    }

    private static string FindText(string mark, JobRequest[] jobs, DateTimeOffset since)
    {
        var keys = Shell.Quote(string.Join(',', jobs.Select(job => job.Key)));
        var text = new StringBuilder($$"""
            (
            m={{mark}}
            one() {
                printf '%s begin marker%s\n' "$m" "$1"
                c=1
                if [ -d "$2/marker" ]; then
                    c=0
                    printf 'age %s\n' "$(( $(date +%s) - $(stat -c %Y "$2/marker" 2>/dev/null || date +%s) ))"
                    for f in code out err; do
                        if [ -e "$2/marker/$f" ]; then printf '%s\n' "$f"; sed 's/^/ /' "$2/marker/$f"; fi
                    done
                fi
                for f in "$2"/start "$2"/start.*; do
                    if [ -e "$f" ]; then c=0; printf 'start\n'; sed 's/^/ /' "$f"; break; fi
                done
                printf '\n%s end marker%s %s\n' "$m" "$1" "$c"
            }
            ask() {
                n=$1; shift
                printf '%s begin %s\n' "$m" "$n"; printf '%s begin %s\n' "$m" "$n" >&2
                "$@"
                c=$?
                printf '\n%s end %s %s\n' "$m" "$n" "$c"; printf '\n%s end %s %s\n' "$m" "$n" "$c" >&2
            }

            """);
        for (var i = 0; i < jobs.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"one {i} {Shell.Quote(JobFiles.Folder(jobs[i].Folder, jobs[i].Key))}\n");
        return text.Append(CultureInfo.InvariantCulture, $"""
            ask queue squeue -h --me -t all --name={keys} -o '%F|%j'
            ask account env TZ=UTC0 SLURM_TIME_FORMAT=standard sacct -n -X -P --name={keys} -S {Stamp(since - ClockSlack)} -o JobID,Submit,JobName
            )
            """).ToString();
    }
}
