using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Machines;

/// <summary>What is said about a machine.</summary>
/// <param name="Name">How the project calls it, at most 80 characters.</param>
/// <param name="Host">Host name or address of the login node.</param>
/// <param name="User">Account name there.</param>
/// <param name="WorkFolder">Absolute folder below which each run gets a folder of its own.</param>
/// <param name="Port">TCP port of its SSH server.</param>
/// <param name="InstallFolder">Absolute folder for software, if there is one.</param>
/// <param name="DataFolder">Absolute folder for data kept between runs, if there is one.</param>
/// <param name="Scheduler"><c>slurm</c> or <c>none</c>.</param>
/// <param name="SetUpLines">Shell lines run before each step, for example <c>module load python</c>.</param>
/// <param name="JumpHosts">Login nodes to pass through, nearest first, each <c>user@host:port</c>.</param>
/// <param name="AttendedOnly">Whether it takes attended runs alone: keys for it are lent in memory and nowhere else.</param>
public sealed record MachineSettingsInput(string Name, string Host, string User, string WorkFolder, int Port = 22,
    string? InstallFolder = null, string? DataFolder = null, string Scheduler = "slurm",
    IReadOnlyList<string>? SetUpLines = null, IReadOnlyList<string>? JumpHosts = null, bool AttendedOnly = false)
{
    internal MachineSettings Settings => new(
        Name, Host, Port, User, WorkFolder, InstallFolder, DataFolder, Scheduler, SetUpLines ?? [], JumpHosts ?? [],
            AttendedOnly);
}

/// <summary>Registers a machine.</summary>
/// <param name="Settings">What is known about it.</param>
/// <param name="Project">Where it shall belong; the caller's personal project when left out.</param>
/// <param name="ClientMutationKey">A repeat with the same key is the same machine.</param>
public sealed record RegisterMachineInput(
    MachineSettingsInput Settings, [Id("Project")] Id<Project>? Project = null, Guid? ClientMutationKey = null);

/// <summary>Changes what is known about a machine.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Settings">All of it; what was said before is replaced.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ChangeMachineInput(
    [Id("Machine")] Id<Machine> Id, MachineSettingsInput Settings, Guid? ClientMutationKey = null);

/// <summary>Asks a machine for its host keys. Nothing is kept of it, so a repeat asks again.</summary>
/// <param name="Id">The machine.</param>
/// <param name="SecurityToken">Opens the caller's key, which logs in to jump hosts whose keys are confirmed; left out, nothing
/// behind a jump host is asked. Used at once and kept nowhere. To be sent as a variable.</param>
public sealed record ScanHostKeysInput([Id("Machine")] Id<Machine> Id, [Secret] string? SecurityToken = null);

/// <summary>Confirms host keys that a person compared with what the machine's operators publish.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Fingerprints">One or more, as <c>ssh-keygen -l</c> prints them: <c>SHA256:…</c>.</param>
/// <param name="SecurityToken">Opens the caller's key, where some of them are behind a jump host; kept nowhere. To be sent as a
/// variable.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record PinHostKeysInput([Id("Machine")] Id<Machine> Id, IReadOnlyList<string> Fingerprints,
    [Secret] string? SecurityToken = null, Guid? ClientMutationKey = null);

/// <summary>Takes a machine out of use.</summary>
/// <param name="Id">The machine.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RetireMachineInput([Id("Machine")] Id<Machine> Id, Guid? ClientMutationKey = null);
