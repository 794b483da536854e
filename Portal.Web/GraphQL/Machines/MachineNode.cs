using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Machines;

/// <summary>An account on a login node, and what is known about it.</summary>
/// <param name="view">The machine.</param>
[Node, ObjectType("Machine")]
public sealed class MachineNode(MachineView view)
{
    internal MachineView View => view;

    /// <summary>Its id.</summary>
    public Id<Machine> Id => view.Id;

    /// <summary>Its id in REST and in addresses of pages: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>How the project calls it.</summary>
    public string Name => view.Settings.Name;

    /// <summary>Host name or address of the login node.</summary>
    public string Host => view.Settings.Host;

    /// <summary>TCP port of its SSH server.</summary>
    public int Port => view.Settings.Port;

    /// <summary>Account name there.</summary>
    public string User => view.Settings.User;

    /// <summary>Absolute folder below which each run gets a folder of its own.</summary>
    public string WorkFolder => view.Settings.WorkFolder;

    /// <summary>Absolute folder for software, if there is one.</summary>
    public string? InstallFolder => view.Settings.InstallFolder;

    /// <summary>Absolute folder for data kept between runs, if there is one.</summary>
    public string? DataFolder => view.Settings.DataFolder;

    /// <summary>What hands jobs out there: <c>slurm</c>, or <c>none</c>.</summary>
    public string Scheduler => view.Settings.Scheduler;

    /// <summary>Shell lines run before each step.</summary>
    public IReadOnlyList<string> SetUpLines => view.Settings.SetUpLines;

    /// <summary>Login nodes to pass through, nearest first, each <c>user@host:port</c>.</summary>
    public IReadOnlyList<string> JumpHosts => view.Settings.JumpHosts;

    /// <summary>Whether it takes attended runs alone: keys for it are lent in memory and nowhere else.</summary>
    public bool AttendedOnly => view.Settings.AttendedOnly;

    /// <summary>Other projects that may send runs to it, as far as the caller may know.</summary>
    public IReadOnlyList<MachineShareNode> Shares => [.. view.Shares.Select(share => new MachineShareNode(share))];

    /// <summary>What it needs before it takes runs, or that it is ready.</summary>
    public MachineState State => view.State;

    /// <summary>The pinned host keys.</summary>
    public IReadOnlyList<HostKey> HostKeys => view.HostKeys;

    /// <summary>The pinned host keys of the jump hosts.</summary>
    public IReadOnlyList<JumpHostKeys> JumpHostKeys => view.JumpHostKeys;

    /// <summary>What was seen instead of a pinned key.</summary>
    public string? HostKeyMismatch => view.HostKeyMismatch;

    /// <summary>The jump host where it was seen; null for the machine itself.</summary>
    public string? HostKeyMismatchAt => view.HostKeyMismatchAt;

    /// <summary>The last connection test.</summary>
    public IReadOnlyList<CheckStep>? LastCheck => view.LastCheck;

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastCheckAt => view.LastCheckAt;

    /// <summary>When it was registered.</summary>
    public DateTimeOffset RegisteredAt => view.RegisteredAt;

    /// <summary>Finds it by its id.</summary>
    [NodeResolver]
    public static async Task<MachineNode?> FindAsync(
        Id<Machine> id, [Caller] Caller caller, ShowMachineHandler machines, CancellationToken cancel) =>
        (await machines.HandleAsync(caller, id, cancel)).OrNull() is { } view ? new(view) : null;
}
