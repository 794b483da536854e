using System.Globalization;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>What queue and accounting know of keys.</summary>
/// <param name="QueueAnswered">Whether squeue did.</param>
/// <param name="Accounting">Whether sacct did.</param>
/// <param name="Ids">Job ids by key.</param>
internal sealed record SlurmSight(bool QueueAnswered, AccountingState Accounting, ILookup<string, string> Ids)
{
    internal static SlurmSight Read(Dictionary<string, Marked.Section> parts, string error)
    {
        var queue = parts.GetValueOrDefault("queue");
        var account = parts.GetValueOrDefault("account");
        var rows = (queue is { Code: 0 } ? queue.Text.Split('\n') : []).Select(line => line.Split('|', 2))
            .Where(c => c.Length == 2).Select(c => (Key: c[1], Id: c[0]))
            .Concat((account is { Code: 0 } ? account.Text.Split('\n') : []).Select(line => line.Split('|', 3))
                .Where(c => c.Length == 3).Select(c => (Key: c[2], Id: c[0].Split('_', '+', '.')[0])))
            .Where(row => SlurmIds.IsNumber(row.Id));
        return new SlurmSight(queue is { Code: 0 }, AccountingStates.Of(account?.Code, error), rows.ToLookup(r => r.Key.Trim(), r => r.Id));
    }

    internal FindOutcome Judge(string key, Marked.Section? marker, DateTimeOffset since, DateTimeOffset now,
        TimeSpan youngWithout, TimeSpan youngWith)
    {
        var ids = Ids[key].Distinct().OrderBy(id => long.Parse(id, CultureInfo.InvariantCulture)).ToList();
        var note = marker is null ? null : SlurmMarker.Read(marker.Text);
        if (note?.Job is { } noted)
            return new FindOutcome.Found(noted);
        if (ids.Count > 0)
            return new FindOutcome.Found(new JobRef(ids[0]));
        if (marker is null)
            return new FindOutcome.Unsure("The machine gave no answer about the marker.");
        if (!QueueAnswered)
            return new FindOutcome.Unsure("The queue does not answer.");
        if (Accounting == AccountingState.Away)
            return new FindOutcome.Unsure("Accounting does not answer.");
        if (note is { Refused: true })
            return new FindOutcome.Absent();
        var age = note?.Age ?? now - since;
        var young = note?.Age is null ? youngWithout : youngWith;
        return age < young
            ? new FindOutcome.Unsure(string.Create(CultureInfo.InvariantCulture,
                $"Neither queue nor accounting knows the key, but it is only {Math.Max(0, (int)age.TotalSeconds)} s old."))
            : new FindOutcome.Absent();
    }
}

/// <summary>What the marker folder and the start marker tell of a submission.</summary>
/// <param name="Age">How old the marker is; null when there is none.</param>
/// <param name="Job">The job, where sbatch or the job itself noted it.</param>
/// <param name="Refused">Whether sbatch ended with a clear no.</param>
internal sealed record SlurmMarker(TimeSpan? Age, JobRef? Job, bool Refused)
{
    internal static SlurmMarker Read(string text)
    {
        TimeSpan? age = null;
        var files = new Dictionary<string, string>();
        var file = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("age ", StringComparison.Ordinal)
                && long.TryParse(line[4..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
                age = TimeSpan.FromSeconds(Math.Max(0, seconds));
            else if (line.StartsWith(' '))
                files[file] = files.GetValueOrDefault(file) + line[1..] + "\n";
            else if (line.Length > 0)
                file = line;
        }
        var noted = SlurmSubmission.Id(files.GetValueOrDefault("out", ""));
        var started = files.GetValueOrDefault("start", "").Split(' ')[0];
        var code = int.TryParse(files.GetValueOrDefault("code"), CultureInfo.InvariantCulture, out var c) ? c : (int?)null;
        var refused = code is { } exit && SlurmSubmission.Judge(new SubmissionText.Answer("done", exit,
            files.GetValueOrDefault("out", "").Trim(), files.GetValueOrDefault("err", "").Trim())) is SubmitOutcome.Refused;
        return new SlurmMarker(age, noted ?? (SlurmIds.IsNumber(started) ? new JobRef(started) : null), refused);
    }
}

/// <summary>Whether accounting can be relied on.</summary>
internal enum AccountingState
{
    /// <summary>It answered.</summary>
    Answers,
    /// <summary>The site has none.</summary>
    None,
    /// <summary>It does not answer now.</summary>
    Away,
}

internal static class AccountingStates
{
    /// <summary>By sacct's exit code (null: it never came to its end) and words.</summary>
    internal static AccountingState Of(int? code, string error) => code switch
    {
        0 => AccountingState.Answers,
        127 => AccountingState.None,
        not null when error.Contains("accounting storage is disabled", StringComparison.OrdinalIgnoreCase) => AccountingState.None,
        _ => AccountingState.Away,
    };
}
