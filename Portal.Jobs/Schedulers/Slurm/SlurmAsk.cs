using System.Globalization;
using System.Text;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers.Slurm;

public sealed partial class SlurmScheduler
{
    // Times as 2026-01-31T12:00:00, whatever the machine's zone and the account's taste.
    private const string UniversalTime = "TZ=UTC0 SLURM_TIME_FORMAT=standard";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobReport>> AskAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel)
    {
        foreach (var job in jobs)
        {
            if (!SlurmIds.IsNumber(job.Job.Id))
                throw new ArgumentException($"'{job.Job.Id}' is no id of a job.", nameof(jobs));
        }
        var reports = new Dictionary<JobQuestion, JobReport>(ReferenceEqualityComparer.Instance);
        foreach (var cluster in jobs.GroupBy(job => job.Job.Cluster))
        {
            foreach (var portion in SubmissionText.Portions([.. cluster], job => 60 + job.Folder.Length + job.Key.Length))
            {
                var mark = Marked.NewMark();
                var result = await site.RunAsync(AskText(mark, cluster.Key, portion), TimeSpan.FromSeconds(90), cancel);
                var answer = SlurmAnswer.Read(result.Output, result.Error, mark);
                foreach (var job in portion)
                    reports[job] = answer.Report(job);
            }
        }
        return [.. jobs.Select(job => reports[job])];
    }

    /// <summary>One command for a poll. The queue is asked about all; accounting, which takes long, only about those that the
    /// queue does not show as wholly waiting or running; the ends of standard error of some failed tasks and the
    /// end markers of jobs that accounting does not know come along.</summary>
    private static string AskText(string mark, string? cluster, List<JobQuestion> jobs)
    {
        var want = string.Join(' ', jobs.GroupBy(job => job.Job.Id)
            .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key}={same.Max(job => job.Tasks?.Count ?? 1)}")));
        var all = string.Join(',', jobs.Select(job => job.Job.Id).Distinct());
        var text = new StringBuilder($$"""
            (
            m={{mark}}
            part() { printf '%s begin %s\n%s\n%s end %s %s\n' "$m" "$1" "$3" "$m" "$1" "$2"; }
            ends() {
                at "$1"
                for f in "$d"/exit "$d"/exit.*; do
                    case $f in *.part) continue ;; esac
                    if IFS= read -r l 2>/dev/null < "$f"; then
                        t=${f#"$d"/exit}
                        printf '%s|%s|%s\n' "$1" "${t#.}" "$l"
                    fi
                done 2>/dev/null
            }
            part now "$(id -u)" "$(date +%s)"
            printf '%s begin queue\n' "$m" >&2
            q=$({{UniversalTime}} squeue {{Of(cluster)}}-h -r -t all -j {{all}} -o '{{QueueRow.Format}}')
            c=$?
            printf '\n%s end queue %s\n' "$m" "$c" >&2
            part queue "$c" "$q"
            need=$(printf '%s\n' "$q" | awk -F'|' -v want={{Shell.Quote(want)}} -v states='{{SlurmStates.NotFinal}}' '
                BEGIN { n = split(states, s, "|"); for (i = 1; i <= n; i++) open[s[i]] = 1 }
                $4 in open { seen[$2]++ }
                END { n = split(want, w, " ")
                      for (i = 1; i <= n; i++) { split(w[i], p, "="); if (seen[p[1]] < p[2]) { printf "%s%s", comma, p[1]; comma = "," } } }')
            if [ -n "$need" ]; then
                printf '%s begin account\n' "$m" >&2
                a=$({{UniversalTime}} sacct {{Of(cluster)}}-n -P -X -j "$need" -o {{AccountRow.Columns}})
                c=$?
                printf '\n%s end account %s\n' "$m" "$c" >&2
                part account "$c" "$a"
                look=$(printf '%s\n' "$a" | awk -F'|' -v need="$need" -v states='{{SlurmStates.NotFinal}}|COMPLETED' '
                    BEGIN { n = split(states, s, "|"); for (i = 1; i <= n; i++) well[s[i]] = 1 }
                    NF >= 10 { id = $2; task = ""; if ((i = index(id, "_")) > 0) { task = substr(id, i + 1); id = substr(id, 1, i - 1) }
                               known[id] = 1; split($3, w, " ")
                               if (!(w[1] in well) && bad[id]++ < 5 && all++ < 40) print "E", id, task }
                    END { n = split(need, w, ","); for (i = 1; i <= n; i++) if (!(w[i] in known)) print "M", w[i] }')

            """);
        text.Append("    at() {\n        case $1 in\n");
        foreach (var same in jobs.GroupBy(job => job.Job.Id))
            text.Append(same.Key).Append(") d=").Append(Shell.Quote(JobFiles.Folder(same.First().Folder, same.First().Key))).Append(";;\n");
        return text.Append("""
                    *) d=/nonexistent ;;
                    esac
                }
                e=$(printf '%s\n' "$look" | while read -r what id task; do
                    if [ "$what" = M ]; then ends "$id"; fi
                done)
                part ends 0 "$e"
                { printf '%s\n' "$look"; printf '%s\n' "$e" | awk -F'|' 'NF == 3 && $3 + 0 > 0 && n[$1]++ < 5 && all++ < 40 { print "E", $1, $2 }'
                } | while read -r what id task; do
                    if [ "$what" = E ]; then
                        at "$id"
                        case $task in ''|*[!0-9]*) t= ;; *) t=.$task ;; esac
                        f=$d/stderr$t
                        if { IFS= read -r l < "$d/exit$t"; } 2>/dev/null; then part "exit-$id-$task" 0 "$l"; fi
                        if [ -f "$f" ]; then part "stderr-$id-$task" 0 "$(tail -c 2000 "$f" | tail -n 15)"; fi
                    fi
                done
            fi
            )

            """).ToString();
    }
}
