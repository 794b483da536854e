using System.Globalization;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>Everything that one poll brought back.</summary>
internal sealed class SlurmAnswer
{
    /// <summary>How long an end marker of a job that neither queue nor accounting knows must lie before it decides: an
    /// accounting that is behind gets the time to catch up.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    // Rows from before the submission are another job's; clocks and a slow sbatch make some minutes of difference.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    private readonly string? _queueFault;
    private readonly AccountingState _accounting;
    private readonly ILookup<string, QueueRow> _queue;
    private readonly ILookup<string, AccountRow> _account;
    private readonly ILookup<string, (int? Task, EndMarker End)> _ends;
    private readonly Dictionary<string, string> _errors;
    private readonly Dictionary<string, EndMarker> _failed;
    private readonly DateTimeOffset _now;
    private readonly string _uid;

    private SlurmAnswer(Dictionary<string, Marked.Section> parts, string error)
    {
        var queue = parts.GetValueOrDefault("queue");
        // A single id that is not in memory any more is an error of its own: the queue answered, and does not have it.
        _queueFault = queue switch
        {
            { Code: 0 } => null,
            { } when error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) => null,
            _ => $"The queue does not answer. {error.Trim()}".Trim(),
        };
        _queue = QueueRow.Read(queue?.Text ?? "").ToLookup(row => row.Job);
        var account = parts.GetValueOrDefault("account");
        _accounting = account is null ? AccountingState.Away : AccountingStates.Of(account.Code, error);
        _account = AccountRow.Read(account is { Code: 0 } ? account.Text : "").ToLookup(row => row.Job);
        _ends = Ends(parts.GetValueOrDefault("ends")?.Text ?? "").ToLookup(e => e.Job, e => (e.Task, e.End));
        _errors = parts.Values.Where(p => p.Name.StartsWith("stderr-", StringComparison.Ordinal))
            .ToDictionary(p => p.Name["stderr-".Length..], p => p.Text);
        _failed = parts.Values.Where(p => p.Name.StartsWith("exit-", StringComparison.Ordinal))
            .Select(p => (Name: p.Name["exit-".Length..], End: EndMarker.Parse(p.Text))).Where(p => p.End is not null)
            .ToDictionary(p => p.Name, p => p.End!);
        var now = parts.GetValueOrDefault("now");
        _now = long.TryParse(now?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        _uid = now?.Code.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Reads what the command of a poll printed.</summary>
    internal static SlurmAnswer Read(string output, string error, string mark)
    {
        var parts = new Dictionary<string, Marked.Section>();
        foreach (var section in Marked.Read(output, mark))
            parts[section.Name] = section;
        var words = string.Join('\n', Marked.Read(error, mark).Select(s => s.Text.Trim()).Where(t => t.Length > 0));
        return new SlurmAnswer(parts, words);
    }

    /// <summary>What came back about one job.</summary>
    internal JobReport Report(JobQuestion job)
    {
        if (_queueFault is not null)
            return JobFold.Fold(job.Key, [new TaskReport(null, Verdict.Unknown, "", _queueFault)]);
        var rows = new SlurmTasks(_account[job.Job.Id].Where(r => r.Submitted is not { } at || at >= job.SubmittedAt - ClockSlack));
        var queue = new Dictionary<int, QueueRow>();
        QueueRow? whole = null;
        foreach (var row in _queue[job.Job.Id])
        {
            if (row.Tasks.Count == 0)
                whole = row;
            foreach (var task in row.Tasks)
                queue[task] = row;
        }
        var ends = new Dictionary<int, EndMarker>();
        foreach (var (task, end) in _ends[job.Job.Id])
            ends[task ?? -1] = end;
        return JobFold.Fold(job.Key, job.Tasks is null
            ? [Task(job, null, whole, rows.Of(null), ends.GetValueOrDefault(-1))]
            : [.. job.Tasks.Select(id => Task(job, id, queue.GetValueOrDefault(id) ?? whole, rows.Of(id), ends.GetValueOrDefault(id)))]);
    }

    private TaskReport Task(JobQuestion job, int? id, QueueRow? queued, AccountRow? row, EndMarker? end)
    {
        if (queued is not null)
        {
            var meaning = SlurmStates.Of(queued.State);
            if (!SlurmStates.IsFinal(meaning.Verdict))
                return Waiting(id, meaning.Verdict, queued, row);
            // An array's own row that the queue contradicts is not yet about this task.
            if (id is not null && row is { IsOneTask: false } && SlurmStates.Of(row.State).Verdict != meaning.Verdict)
                row = null;
        }
        if (row is not null && SlurmStates.IsFinal(SlurmStates.Of(row.State).Verdict))
        {
            return SlurmEnd.Of(id, row, _uid, _errors.GetValueOrDefault($"{job.Job.Id}-{id}"),
                _failed.GetValueOrDefault($"{job.Job.Id}-{id}"));
        }
        if (end is not null && (_accounting == AccountingState.None
            || (_accounting == AccountingState.Answers && row is null && queued is null && _now - end.Ended > Settled)))
            return SlurmEnd.Of(id, end, queued?.State, _errors.GetValueOrDefault($"{job.Job.Id}-{id}"));
        if (queued is not null && row is null && _accounting == AccountingState.None
            && SlurmStates.Of(queued.State) is { Verdict: Verdict.Failed or Verdict.Cancelled } last)
            return SlurmEnd.Of(id, last, queued.State);
        var why = (_accounting, row) switch
        {
            (AccountingState.Away, _) => "Accounting does not answer.",
            (_, not null) => $"Accounting still says {row.State}.",
            _ => "Neither the queue nor accounting knows the job.",
        };
        return new TaskReport(id, Verdict.Unknown, row?.State ?? queued?.State ?? "", why, Started: queued?.Start);
    }

    private static TaskReport Waiting(int? id, Verdict verdict, QueueRow queued, AccountRow? row)
    {
        var (words, held) = SlurmReasons.Of(queued.Reason);
        var word = queued.State;
        if (verdict == Verdict.Pending && held)
            verdict = Verdict.Held;
        if (verdict == Verdict.Unknown)
            words = $"The scheduler's word {word} is not known.";
        if (verdict != Verdict.Running)
            return new TaskReport(id, verdict, word, words);
        // Accounting may be behind, or speak of the run before a requeue: its nodes are told only while it agrees.
        var agrees = row is not null && SlurmStates.Of(row.State).Verdict == Verdict.Running;
        return new TaskReport(id, verdict, word, Started: queued.Start) { Nodes = agrees ? row!.Nodes : null };
    }

    private static IEnumerable<(string Job, int? Task, EndMarker End)> Ends(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var c = line.Split('|', 3);
            if (c.Length == 3 && EndMarker.Parse(c[2]) is { } end)
            {
                yield return (c[0],
                    int.TryParse(c[1], NumberStyles.None, CultureInfo.InvariantCulture, out var task) ? task : null, end);
            }
        }
    }
}
