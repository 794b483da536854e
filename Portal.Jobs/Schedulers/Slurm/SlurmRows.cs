using System.Globalization;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>A line of <c>squeue -h -r -t all</c>, free text last: the job or the array's master, the task ids that the line speaks
/// of (none for a job without tasks), and when it started, since accounting is not asked about what runs. While it waits, that
/// is when the scheduler thinks that it will start.</summary>
internal sealed record QueueRow(string Job, IReadOnlyList<int> Tasks, string State, DateTimeOffset? Start, string Reason)
{
    internal const string Format = "%i|%F|%K|%T|%S|%r";

    /// <summary>Lines of that shape; any other line is not a row.</summary>
    internal static IEnumerable<QueueRow> Read(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var columns = line.TrimEnd('\r').Split('|', 6);
            if (columns.Length < 6 || !SlurmIds.IsNumber(columns[1]))
                continue;
            var tasks = columns[2] is "N/A" or "" ? [] : SlurmIds.Tasks(columns[2]);
            yield return new QueueRow(columns[1], tasks, columns[3], SlurmIds.Time(columns[4]), columns[5]);
        }
    }
}

/// <summary>A line of <c>sacct -n -P -X -o AllocCPUS,JobID,State,ExitCode,DerivedExitCode,Submit,Start,End,NodeList,Reason</c>,
/// with TZ=UTC0: the job or the array's master, the task ids that the line speaks of (none for a whole job or array), exit
/// code, the signal that ended it (0 for none) and the highest exit code of its steps.</summary>
internal sealed record AccountRow(
    string Job, IReadOnlyList<int> Tasks, string State, int Code, int Signal, int DerivedCode, DateTimeOffset? Submitted,
    DateTimeOffset? Started, DateTimeOffset? Ended, string Nodes, string Reason)
{
    /// <summary>Whether the line speaks of one task by its own number.</summary>
    internal bool IsOneTask { get; private init; }

    /// <summary>Cores that it was given; null where that is no number.</summary>
    internal int? Cores { get; private init; }

    internal const string Columns = "AllocCPUS,JobID,State,ExitCode,DerivedExitCode,Submit,Start,End,NodeList,Reason";

    /// <summary>Lines of that shape, but for steps; any other line is not a row.</summary>
    internal static IEnumerable<AccountRow> Read(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var c = line.TrimEnd('\r').Split('|', 10);
            if (c.Length < 10 || c[1].Contains('.', StringComparison.Ordinal))
                continue;
            var cut = c[1].IndexOfAny(['_', '+']);
            var job = cut < 0 ? c[1] : c[1][..cut];
            if (!SlurmIds.IsNumber(job))
                continue;
            var tasks = cut >= 0 && c[1][cut] == '_' ? SlurmIds.Tasks(c[1][(cut + 1)..]) : [];
            var (code, signal) = SlurmIds.Exit(c[3]);
            yield return new AccountRow(job, tasks, c[2], code, signal, SlurmIds.Exit(c[4]).Code, SlurmIds.Time(c[5]),
                SlurmIds.Time(c[6]), SlurmIds.Time(c[7]), c[8], c[9])
            {
                Cores = int.TryParse(c[0], NumberStyles.None, CultureInfo.InvariantCulture, out var cores) && cores > 0 ? cores
                    : null,
                IsOneTask = tasks.Count == 1 && !c[1].Contains('[', StringComparison.Ordinal),
            };
        }
    }
}

/// <summary>Slurm's ways to write ids, exit codes, times and sizes.</summary>
internal static class SlurmIds
{
    internal static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>Task ids of <c>7</c>, <c>[2-4]</c>, <c>1,4,7-11:2%2</c>; what is cut off by <c>...</c> is not in it.</summary>
    internal static IReadOnlyList<int> Tasks(string text)
    {
        var tasks = new List<int>();
        var list = text.Trim('[', ']');
        var limit = list.IndexOf('%', StringComparison.Ordinal);
        foreach (var part in (limit < 0 ? list : list[..limit]).TrimEnd(']').Split(','))
        {
            var stepped = part.Split(':');
            var ends = stepped[0].Split('-');
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                continue;
            var last = ends.Length == 2 && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : first;
            var step = stepped.Length == 2 && int.TryParse(stepped[1], NumberStyles.None, CultureInfo.InvariantCulture, out var by)
                ? Math.Max(1, by) : 1;
            for (var id = first; id <= last && tasks.Count < 4_000_000; id += step)
                tasks.Add(id);
        }
        return tasks;
    }

    /// <summary>Task ids as a list for <c>--array</c>, ranges drawn together.</summary>
    internal static string Ranges(IReadOnlyList<int> tasks, int? atOnce)
    {
        var parts = new List<string>();
        var ids = tasks.Distinct().Order().ToList();
        for (var i = 0; i < ids.Count;)
        {
            var end = i;
            while (end + 1 < ids.Count && ids[end + 1] == ids[end] + 1)
                end++;
            parts.Add(i == end ? $"{ids[i]}" : $"{ids[i]}-{ids[end]}");
            i = end + 1;
        }
        return string.Join(',', parts) + (atOnce is { } limit ? $"%{limit}" : "");
    }

    /// <summary><c>7:0</c> is code 7, <c>0:9</c> signal 9.</summary>
    internal static (int Code, int Signal) Exit(string text)
    {
        var parts = text.Split(':');
        int Part(int i) => parts.Length > i && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return (Part(0), Part(1));
    }

    /// <summary>A moment in UTC; null for <c>Unknown</c> and the like.</summary>
    internal static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>A time limit for <c>--time</c>: <c>D-HH:MM:SS</c>, at least one second.</summary>
    internal static string Limit(TimeSpan limit)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(limit.TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture,
            $"{seconds / 86400}-{seconds / 3600 % 24:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
