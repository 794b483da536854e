using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// The tasks of an array job in Slurm's notation (sbatch(1), --array): <c>1-8</c>, <c>1,3,7-9</c>, <c>0-15:5</c>, and behind it
/// <c>%n</c> for how many may run at once. Each task once, in the order written.
/// </summary>
[JsonConverter(typeof(WrittenAsTextConverter<TaskArray>))]
public sealed partial class TaskArray : IWrittenAsText<TaskArray>
{
    /// <summary>The most tasks an array may have.</summary>
    public const int MaximumTasks = 10_000;

    /// <summary>The largest number of a task; Slurm itself takes no larger one (slurm.conf(5), MaxArraySize).</summary>
    public const int LargestTask = 4_000_000;

    private const string Advice = "Write 1-8, 1,3,7-9 or 0-15:5, and %4 behind it to run at most 4 at once.";

    private readonly string text;

    private TaskArray(string text, IReadOnlyList<int> tasks, int? limit) => (this.text, Tasks, Limit) = (text, tasks, limit);

    /// <summary>The numbers of the tasks, 1 to <see cref="MaximumTasks"/> of them.</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>How many may run at the same time; null for no limit.</summary>
    public int? Limit { get; }

    /// <summary>Reads the notation; else <c>INVALID_ARRAY</c>.</summary>
    public static Result<TaskArray> Parse(string text)
    {
        var match = text.Length <= 4096 ? Notation().Match(text) : Match.Empty;
        if (!match.Success)
        {
            return Bad(text, "is no list of tasks");
        }

        var tasks = new List<int>();
        var seen = new HashSet<int>();
        foreach (Capture range in match.Groups["range"].Captures)
        {
            var numbers = range.Value.Split('-', ':').Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToArray();
            var (first, last, step) = (numbers[0], numbers.ElementAtOrDefault(1), numbers.Length > 2 ? numbers[2] : 1);
            last = numbers.Length == 1 ? first : last;
            if (last < first || last > LargestTask || step == 0)
            {
                return Bad(text, step == 0 ? "has a step of 0" : last < first ? "counts backwards"
                    : $"has a task above {LargestTask}");
            }

            for (var task = first; task <= last; task += step)
            {
                if (!seen.Add(task) || tasks.Count == MaximumTasks)
                {
                    return Bad(text, tasks.Count == MaximumTasks ? $"has more than {MaximumTasks} tasks"
                        : $"names task {task} twice");
                }

                tasks.Add(task);
            }
        }

        int? limit = match.Groups["limit"].Success ? int.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture) : null;
        return limit == 0 ? Bad(text, "lets no task run") : new TaskArray(text, tasks, limit);
    }

    /// <summary>The notation as it was written.</summary>
    public override string ToString() => text;

    private static Problem Bad(string text, string why) => new("INVALID_ARRAY", $"{Characters.Shown(text)} {why}.",
        Advice: Advice);

    private const string Range = "(?<range>[0-9]{1,8}(?:-[0-9]{1,8}(?::[0-9]{1,8})?)?)";

    [GeneratedRegex(@"\A" + Range + "(?:," + Range + @")*(?:%(?<limit>[0-9]{1,8}))?\z")]
    private static partial Regex Notation();
}
