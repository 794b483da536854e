using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Machines;

namespace Portal.Web.Components.Machines;

/// <summary>A machine's settings while somebody types them.</summary>
public sealed partial class MachineDraft
{
    private string host = "";

    /// <summary>How the project calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Host name or address. <c>ada@login.example.org:2222</c>, as people have it at hand, fills user and port as
    /// well.</summary>
    public string Host
    {
        get => host;
        set
        {
            var given = WholeAddress().Match(value);
            host = given.Success ? given.Groups["host"].Value : value.Trim();
            if (!given.Success) return;
            User = given.Groups["user"].Value;
            if (given.Groups["port"] is { Success: true } port) Port = port.Value;
        }
    }

    /// <summary>TCP port, as typed.</summary>
    public string Port { get; set; } = "22";

    /// <summary>Account name.</summary>
    public string User { get; set; } = "";

    /// <summary>Absolute folder of the runs.</summary>
    public string WorkFolder { get; set; } = "";

    /// <summary>Absolute folder of software; empty for none.</summary>
    public string InstallFolder { get; set; } = "";

    /// <summary>Absolute folder of data; empty for none.</summary>
    public string DataFolder { get; set; } = "";

    /// <summary><c>slurm</c> or <c>none</c>.</summary>
    public string Scheduler { get; set; } = "slurm";

    /// <summary>Shell lines, one below the other.</summary>
    public string SetUpLines { get; set; } = "";

    /// <summary>Hosts to pass through, one below the other.</summary>
    public string JumpHosts { get; set; } = "";

    /// <summary>Whether it takes attended runs alone.</summary>
    public bool AttendedOnly { get; set; }

    /// <summary>The settings of a machine, to be changed.</summary>
    public static MachineDraft Of(MachineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new()
        {
            Name = settings.Name, Host = settings.Host, Port = settings.Port.ToString(CultureInfo.InvariantCulture),
            User = settings.User, WorkFolder = settings.WorkFolder, InstallFolder = settings.InstallFolder ?? "",
            DataFolder = settings.DataFolder ?? "",
            Scheduler = settings.Scheduler, SetUpLines = string.Join('\n', settings.SetUpLines),
            JumpHosts = string.Join('\n', settings.JumpHosts), AttendedOnly = settings.AttendedOnly,
        };
    }

    /// <summary>What was typed, as settings. A port that is no number becomes 0, which the rules refuse by name.</summary>
    public MachineSettings Settings() => new(
        Name.Trim(), Host.Trim(),
        int.TryParse(Port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
        User.Trim(), WorkFolder.Trim(), Given(InstallFolder), Given(DataFolder), Scheduler, Lines(SetUpLines), Lines(JumpHosts),
        AttendedOnly);

    private static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    private static List<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex(@"\A\s*(?:ssh\s+)?(?<user>[^@\s]+)@(?<host>[^@:\s]+)(?::(?<port>[0-9]{1,5}))?\s*\z")]
    private static partial Regex WholeAddress();
}
