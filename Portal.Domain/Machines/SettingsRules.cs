using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Machines;

/// <summary>What a machine's settings may be. Whatever they hold reaches a shell only quoted; what could never be meant is refused here.</summary>
public static partial class SettingsRules
{
    /// <summary>The schedulers that a machine may name.</summary>
    public static IReadOnlyList<string> Schedulers { get; } = ["slurm", "none"];

    /// <summary>Everything that is wrong with the settings; empty when nothing is.</summary>
    public static IReadOnlyList<Problem> Check(MachineSettings settings)
    {
        var problems = new List<Problem>();
        if (Names.Check("name", settings.Name, 80) is { } name) problems.Add(name);
        if (!HostPattern().IsMatch(settings.Host))
            problems.Add(Problem.Invalid("host", "A host is a name or an address: letters, digits, dots, colons and dashes, not beginning with a dash."));
        if (settings.Port is < 1 or > 65535) problems.Add(Problem.Invalid("port", "A port is a number from 1 to 65535.", "SSH listens on 22 where nothing else is said."));
        if (!UserPattern().IsMatch(settings.User))
            problems.Add(Problem.Invalid("user", "An account name has 1 to 64 letters, digits, dots, dashes, underscores or @, and begins with none of the dash and the dot."));
        CheckFolder(problems, "workFolder", settings.WorkFolder);
        if (settings.InstallFolder is not null) CheckFolder(problems, "installFolder", settings.InstallFolder);
        if (settings.DataFolder is not null) CheckFolder(problems, "dataFolder", settings.DataFolder);
        if (!Schedulers.Contains(settings.Scheduler))
            problems.Add(Problem.Invalid("scheduler", $"The portal speaks to these schedulers: {string.Join(", ", Schedulers)}."));
        if (settings.SetUpLines.Count > 50) problems.Add(Problem.Invalid("setUpLines", "At most 50 lines."));
        foreach (var line in settings.SetUpLines.Where(line => line.Length > 500 || line.Any(char.IsControl)))
            problems.Add(Problem.Invalid("setUpLines", $"A line has at most 500 characters and none that cannot be seen; this one begins \"{line[..Math.Min(20, line.Length)]}\"."));
        if (settings.JumpHosts.Any(jump => JumpHost.Read(jump) is null))
            problems.Add(Problem.Invalid("jumpHosts", "A jump host is written user@host or user@host:port."));
        if (settings.JumpHosts.Distinct().Count() < settings.JumpHosts.Count)
            problems.Add(Problem.Invalid("jumpHosts", "A jump host is passed once.", "Name each once, nearest first."));
        if (settings.JumpHosts.Count > 4) problems.Add(Problem.Invalid("jumpHosts", "At most 4 hosts to pass through."));
        return problems;
    }

    private static void CheckFolder(List<Problem> problems, string field, string folder)
    {
        if (!folder.StartsWith('/')) problems.Add(Problem.Invalid(field, "A folder on a machine begins with a slash."));
        else if (folder.Length > 400) problems.Add(Problem.Invalid(field, "A folder's path has at most 400 characters."));
        else if (folder.Any(char.IsControl)) problems.Add(Problem.Invalid(field, "A folder's path holds no line breaks or other control characters."));
        else if (folder.Split('/').Contains("..")) problems.Add(Problem.Invalid(field, "A folder's path holds no \"..\"."));
        else if (folder.Trim('/').Length == 0) problems.Add(Problem.Invalid(field, "The root of the file system is nobody's folder."));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_\[][A-Za-z0-9_.:\[\]-]{0,252}\z")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}\z")]
    private static partial Regex UserPattern();
}
