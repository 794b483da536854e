namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>Accounting's rows of one job, by task.</summary>
internal sealed class SlurmTasks
{
    private readonly Dictionary<int, AccountRow> _byTask = [];
    private readonly AccountRow? _whole;

    internal SlurmTasks(IEnumerable<AccountRow> rows)
    {
        foreach (var row in rows)
        {
            // Parts of a heterogeneous job are whole rows too: one that is not well stands for all.
            if (row.Tasks.Count == 0)
                _whole = _whole is null || SlurmStates.Of(_whole.State).Verdict == Verdict.Well ? row : _whole;
            foreach (var task in row.Tasks)
                _byTask[task] = row.Tasks.Count > 1 && _byTask.TryGetValue(task, out var own) ? own : row;
        }
    }

    /// <summary>The row of a task, or of the job; a task without a row of its own is in the array's (cancelled while waiting).</summary>
    internal AccountRow? Of(int? task) => task is { } id ? _byTask.GetValueOrDefault(id) ?? _whole : _whole;
}
