using System.Globalization;

namespace Portal.Jobs.Schedulers;

/// <summary>Where a job's files lie: everything of the portal's is below <c>.portal/KEY</c> in the run's folder.</summary>
public static class JobFiles
{
    /// <summary>The job's own folder.</summary>
    public static string Folder(string runFolder, string key) => $"{runFolder.TrimEnd('/')}/.portal/{key}";

    /// <summary>Standard output of the job, or of one array task.</summary>
    public static string StandardOutput(string runFolder, string key, int? task = null) => At(runFolder, key, "stdout", task);

    /// <summary>Standard error.</summary>
    public static string StandardError(string runFolder, string key, int? task = null) => At(runFolder, key, "stderr", task);

    /// <summary>The end marker: see <see cref="EndMarker"/>.</summary>
    public static string Exit(string runFolder, string key, int? task = null) => At(runFolder, key, "exit", task);

    /// <summary>The start marker: job id, time and host.</summary>
    public static string Start(string runFolder, string key, int? task = null) => At(runFolder, key, "start", task);

    /// <summary>The folder of a submission: who makes <c>own</c> in it anew, submits (docs/adr/0008). Beside that it holds the
    /// submission's <c>out</c>, <c>err</c> and <c>code</c>.</summary>
    public static string Marker(string runFolder, string key) => Folder(runFolder, key) + "/marker";

    private static string At(string runFolder, string key, string name, int? task) => task is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{Folder(runFolder, key)}/{name}.{id}")
        : $"{Folder(runFolder, key)}/{name}";
}
