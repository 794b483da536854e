using System.Text.RegularExpressions;

namespace Portal.Jobs.Schedulers;

/// <summary>A job to be submitted once, whatever happens on the way.</summary>
/// <param name="Key">Travels with the job (name, comment, marker folder): <c>[a-z0-9-]</c>, at most 60 characters.</param>
/// <param name="Folder">The run's folder on the machine, absolute; the job's working directory.</param>
/// <param name="Script">What it does, made by <see cref="JobScript.Render"/>.</param>
/// <param name="Resources">What it needs.</param>
/// <param name="Tasks">Ids of array tasks, null when it is a single job.</param>
/// <param name="TasksAtOnce">How many tasks may run at a time, null without a limit.</param>
public sealed partial record JobRequest(
    string Key, string Folder, JobScript Script, JobResources Resources, IReadOnlyList<int>? Tasks = null, int? TasksAtOnce = null)
{
    /// <summary>Throws when the key or folder is not of the shape above, or an array has no task: faults of the caller.</summary>
    /// <exception cref="ArgumentException">Says which.</exception>
    public void Check()
    {
        if (!KeyShape().IsMatch(Key))
            throw new ArgumentException($"'{Key}' is no key of a job.");
        if (!Folder.StartsWith('/'))
            throw new ArgumentException("The folder of a job must be absolute.");
        if (Tasks is { Count: 0 } || Tasks?.Any(id => id < 0) == true)
            throw new ArgumentException("An array has at least one task, and no id of a task is below 0.");
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,59}\z")]
    private static partial Regex KeyShape();
}

/// <summary>What a job asks of the scheduler; null leaves it to the site's default.</summary>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Tasks">Number of parallel tasks (processes).</param>
/// <param name="CpusPerTask">Cores of each.</param>
/// <param name="MemoryMiB">Memory a node, in MiB.</param>
/// <param name="TimeLimit">Wall time; schedulers round it up to their own grain.</param>
/// <param name="Partition">Partition or queue.</param>
/// <param name="Account">Account that pays.</param>
/// <param name="Qos">Quality of service.</param>
public sealed record JobResources(
    int? Nodes = null, int? Tasks = null, int? CpusPerTask = null, long? MemoryMiB = null, TimeSpan? TimeLimit = null,
    string? Partition = null, string? Account = null, string? Qos = null);

/// <summary>A job as the scheduler names it.</summary>
/// <param name="Id">Job id, of an array its master's.</param>
/// <param name="Cluster">Cluster of a federation, where one was named.</param>
public sealed record JobRef(string Id, string? Cluster = null);
