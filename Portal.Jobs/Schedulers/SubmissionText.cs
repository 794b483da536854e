using System.Globalization;
using System.Text;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers;

/// <summary>The shell text that submits many jobs: the same for every scheduler up to the command that submits one.
/// Each job is a line of its own that disturbs no other. The order is: folder and marker, the file <c>marker/own</c>, made new or not
/// at all (test-and-set, docs/adr/0008), files, submission. Only who made it writes the files, and the submission begins by making
/// <c>marker/out</c>: a marker taken away meanwhile means that it does not begin, and a marker without <c>out</c> that it never
/// began. Starting a process is dear on a login node: a job costs one, its submission.</summary>
internal static class SubmissionText
{
    private const int AtOnce = 6;

    /// <summary>The command for these jobs. <paramref name="submit"/> is shell text that submits <c>$d/script.sh</c> with the
    /// options <c>"$@"</c>; <paramref name="options"/> gives them, unquoted.</summary>
    internal static string Render(string mark, IReadOnlyList<JobRequest> jobs, string submit, Func<JobRequest, IEnumerable<string>> options)
    {
        var text = new StringBuilder("workers= m=").Append(mark).Append("\nb=").Append(Shell.Quote(JobScript.Body)).Append('\n');
        var shared = new Dictionary<string, string>();
        foreach (var content in jobs.SelectMany(job => new[] { job.Script.SetUp, job.Script.Step }).Distinct())
        {
            shared[content] = string.Create(CultureInfo.InvariantCulture, $"t{shared.Count}");
            text.Append(shared[content]).Append('=').Append(Shell.Quote(content)).Append('\n');
        }
        text.Append(Functions.Replace("SUBMIT", submit, StringComparison.Ordinal));
        text.Append("mkdir -p ").Append(Shell.QuoteAll(jobs.Select(job => JobFiles.Marker(job.Folder, job.Key))))
            .Append(" 2>/dev/null\n");
        var workers = Math.Min(AtOnce, jobs.Count);
        for (var worker = 0; worker < workers; worker++)
        {
            // The last one needs no process of its own.
            var aside = worker < workers - 1;
            text.Append(aside ? "(\n" : "").Append("stop=\n");
            for (var i = worker; i < jobs.Count; i += AtOnce)
            {
                var job = jobs[i];
                text.Append("one ").Append(i).Append(' ').Append(Shell.Quote(JobFiles.Folder(job.Folder, job.Key)))
                    .Append(' ').Append(Shell.Quote(job.Script.Head))
                    .Append(" \"$").Append(shared[job.Script.SetUp]).Append("\" \"$").Append(shared[job.Script.Step]).Append("\" ")
                    .Append(Shell.QuoteAll(options(job))).Append('\n');
            }
            text.Append(aside ? ") </dev/null &\nworkers=\"$workers $!\"\n" : "");
        }
        // Not for everything: what a submission left running in the background is a job.
        return text.Append("[ -z \"$workers\" ] || wait $workers\n").ToString();
    }

    // tell: one answer in one write, below the size that a pipe keeps together. why: done, there, room, skip.
    private const string Functions = """
        tell() {
            printf '%s begin %s\n%s\n%.1000s\n%s half\n%.2000s\n%s end %s %s\n' \
                "$m" "$1" "$2" "$4" "$m" "$5" "$m" "$1" "$3"
        }
        lines() {
            g= n=0
            while { IFS= read -r l || [ -n "$l" ]; } && [ "$n" -lt 20 ]; do g="$g$l
        " n=$((n+1)); done < "$1"
        }
        own() {
            set -C
            printf '' > "$d/marker/own"
            set -- $?
            set +C
            return "$1"
        }
        put() {
            printf '%s%s' "$h" "$b" > "$d/script.sh" && printf '%s' "$u" > "$d/setup.sh" && printf '%s' "$s" > "$d/step.sh"
        }
        one() {
            i=$1 d=$2 h=$3 u=$4 s=$5
            shift 5
            if [ -n "$stop" ]; then tell "$i" skip 0 '' "$stop"; return; fi
            if ! own 2>/dev/null; then
                if [ -e "$d/marker/own" ]; then tell "$i" there 0 '' ''; return; fi
                w=$({ { mkdir -p "$d/marker" && own; } || echo "cannot write below $d"; } 2>&1)
                if [ -n "$w" ]; then tell "$i" room 0 '' "$w"; return; fi
            fi
            if ! put 2>/dev/null; then
                w=$({ put || echo "cannot write below $d"; } 2>&1)
                if [ -n "$w" ]; then
                    rm -rf "$d/marker"
                    tell "$i" room 0 '' "$w"
                    return
                fi
            fi
            set -C
            { set +C; SUBMIT; } > "$d/marker/out" 2> "$d/marker/err"
            c=$?
            set +C
            { echo "$c" > "$d/marker/code"; } 2>/dev/null
            lines "$d/marker/out"; o=$g
            lines "$d/marker/err"; e=$g
            if [ "$c" -ne 0 ]; then
                case $e in
                    *'Unable to contact slurm controller'*|*'Socket timed out'*) stop=$e ;;
                    *MaxSubmitJob*) rm -rf "$d/marker" ;;
                esac
                if [ "$c" -eq 127 ] || [ "$c" -eq 126 ]; then rm -rf "$d/marker"; fi
            fi
            tell "$i" "done" "$c" "$o" "$e"
        }

        """;

    /// <summary>What came back about one job. Why: done, there, room (it could not be written), skip (the one before showed that
    /// the scheduler is away).</summary>
    internal sealed record Answer(string Why, int Code, string Output, string Error);

    /// <summary>The answers by number of the job; who is not in it gave none.</summary>
    internal static Dictionary<int, Answer> Read(string output, string mark)
    {
        var answers = new Dictionary<int, Answer>();
        foreach (var section in Marked.Read(output, mark))
        {
            var half = section.Text.IndexOf(mark, StringComparison.Ordinal);
            if (half < 0 || !int.TryParse(section.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            var first = section.Text[..half].Split('\n', 2);
            var rest = section.Text[half..].Split('\n', 2);
            answers[number] = new Answer(first[0], section.Code, first.ElementAtOrDefault(1)?.Trim() ?? "",
                rest.ElementAtOrDefault(1)?.Trim() ?? "");
        }
        return answers;
    }

    /// <summary>Jobs in portions whose text stays below half a mebibyte.</summary>
    internal static IEnumerable<List<T>> Portions<T>(IReadOnlyList<T> items, Func<T, int> size)
    {
        var portion = new List<T>();
        var sum = 0;
        foreach (var item in items)
        {
            if (portion.Count > 0 && sum + size(item) > 500_000)
            {
                yield return portion;
                portion = [];
                sum = 0;
            }
            portion.Add(item);
            sum += size(item);
        }
        if (portion.Count > 0)
            yield return portion;
    }
}
