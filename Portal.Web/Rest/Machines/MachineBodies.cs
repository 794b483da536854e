using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;

namespace Portal.Web.Rest.Machines;

/// <summary>What is said about a machine.</summary>
public record MachineInput(
    [property: Description("How the project calls it, at most 80 characters.")] string Name,
    [property: Description("Host name or address of the login node.")] string Host,
    [property: Description("Account name there.")] string User,
    [property: Description("Absolute folder below which each run gets a folder of its own.")] string WorkFolder,
    [property: Description("TCP port of its SSH server.")] int Port = 22,
    [property: Description("Absolute folder for software, if there is one.")] string? InstallFolder = null,
    [property: Description("Absolute folder for data kept between runs, if there is one.")] string? DataFolder = null,
    [property: Description("`slurm` or `none`.")] string Scheduler = "slurm",
    [property: Description("Shell lines run before each step, for example `module load python`.")]
    IReadOnlyList<string>? SetUpLines = null,
    [property: Description("Login nodes to pass through, nearest first, each user@host:port.")]
    IReadOnlyList<string>? JumpHosts = null,
    [property: Description("Whether it takes attended runs alone: keys for it are lent in memory and nowhere else.")]
    bool AttendedOnly = false)
{
    /// <summary>The same as the domain has it.</summary>
    public MachineSettings ToSettings() =>
        new(Name, Host, Port, User, WorkFolder, InstallFolder, DataFolder, Scheduler, SetUpLines ?? [], JumpHosts ?? [],
            AttendedOnly);
}

/// <summary>A machine to be registered.</summary>
public sealed record NewMachine(
    string Name, string Host, string User, string WorkFolder, int Port = 22, string? InstallFolder = null,
    string? DataFolder = null,
    string Scheduler = "slurm", IReadOnlyList<string>? SetUpLines = null, IReadOnlyList<string>? JumpHosts = null,
    bool AttendedOnly = false,
    [property: Description("Its id, if you want to choose it: the same id sent twice registers one machine.")]
    Id<Machine>? Id = null,
    [property: Description("Where it shall belong; your personal project when left out.")] Id<Project>? Project = null)
    : MachineInput(Name, Host, User, WorkFolder, Port, InstallFolder, DataFolder, Scheduler, SetUpLines, JumpHosts,
        AttendedOnly);

/// <summary>A machine.</summary>
public sealed record MachineBody(
    Id<Machine> Id, Id<Project> Project, string Name, string Host, int Port, string User, string WorkFolder,
    string? InstallFolder,
    string? DataFolder, string Scheduler, IReadOnlyList<string> SetUpLines, IReadOnlyList<string> JumpHosts,
    [property: Description("Whether it takes attended runs alone.")] bool AttendedOnly,
    [property: Description("Other projects that may send runs to it, as far as you may know.")] IReadOnlyList<MachineShare> Shares,
    [property: Description("What it needs before it takes runs, or that it is ready.")] MachineState State,
    [property: Description("The pinned host keys.")] IReadOnlyList<HostKey> HostKeys,
    [property: Description("The pinned host keys of the jump hosts.")] IReadOnlyList<JumpHostKeys> JumpHostKeys,
    [property: Description("What was seen instead of a pinned key.")] string? HostKeyMismatch,
    [property: Description("The jump host where it was seen; left out for the machine itself.")] string? HostKeyMismatchAt,
    [property: Description("The last connection test.")] IReadOnlyList<CheckStep>? LastCheck, DateTimeOffset? LastCheckAt,
    DateTimeOffset RegisteredAt)
{
    /// <summary>The machine as it is shown.</summary>
    public static MachineBody Of(MachineView view)
    {
        var settings = view.Settings;
        return new(view.Id, view.Project, settings.Name, settings.Host, settings.Port, settings.User, settings.WorkFolder,
            settings.InstallFolder, settings.DataFolder, settings.Scheduler, settings.SetUpLines, settings.JumpHosts,
            settings.AttendedOnly, view.Shares, view.State,
            view.HostKeys, view.JumpHostKeys, view.HostKeyMismatch, view.HostKeyMismatchAt, view.LastCheck, view.LastCheckAt,
            view.RegisteredAt);
    }
}
