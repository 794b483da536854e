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
            foreach (var task in row.Tasks.Where(task => row.IsOneTask || (ForAll(row) && !_byTask.ContainsKey(task))))
                _byTask[task] = row;
        }
    }

    /// <summary>The row of a task, or of the job; a task without a row of its own is in the array's (cancelled while waiting).</summary>
    internal AccountRow? Of(int? task) => task is { } id ?
        _byTask.GetValueOrDefault(id) ?? (_whole is not null && ForAll(_whole) ? _whole : null) : _whole;

    // For moments, accounting shows an array as one row under its own number, COMPLETED though a task of it failed (seen on
    // 22.05): such a row tells nothing of the tasks, unless it ended while waiting.
    private static bool ForAll(AccountRow row) =>
        SlurmStates.Of(row.State).Verdict == Verdict.Cancelled || row.Reason.StartsWith("BadConstraints", StringComparison.Ordinal);
}
