using Portal.Domain.Audit;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;

namespace Portal.Web.GraphQL.Machines;

/// <summary>A machine as it was: folded from its events up to one of them, and from nothing else.</summary>
/// <param name="past">What is known of it.</param>
[ObjectType("MachineAt")]
public sealed class MachineAtNode(AsItWas<Machine> past) : PastNode<Machine>(past)
{
    /// <summary>How the project called it.</summary>
    public string Name => State.Settings.Name;

    /// <summary>Host name or address of the login node.</summary>
    public string Host => State.Settings.Host;

    /// <summary>TCP port of its SSH server.</summary>
    public int Port => State.Settings.Port;

    /// <summary>Account name there.</summary>
    public string User => State.Settings.User;

    /// <summary>Absolute folder below which each run got a folder of its own.</summary>
    public string WorkFolder => State.Settings.WorkFolder;

    /// <summary>Absolute folder for software, if there was one.</summary>
    public string? InstallFolder => State.Settings.InstallFolder;

    /// <summary>Absolute folder for data kept between runs, if there was one.</summary>
    public string? DataFolder => State.Settings.DataFolder;

    /// <summary>What handed jobs out there.</summary>
    public string Scheduler => State.Settings.Scheduler;

    /// <summary>Shell lines run before each step.</summary>
    public IReadOnlyList<string> SetUpLines => State.Settings.SetUpLines;

    /// <summary>Login nodes to pass through, nearest first, each <c>user@host:port</c>.</summary>
    public IReadOnlyList<string> JumpHosts => State.Settings.JumpHosts;

    /// <summary>Whether it took attended runs alone.</summary>
    public bool AttendedOnly => State.Settings.AttendedOnly;

    /// <summary>The pinned host keys.</summary>
    public IReadOnlyList<HostKey> HostKeys => State.HostKeys;

    /// <summary>The pinned host keys of the jump hosts.</summary>
    public IReadOnlyList<JumpHostKeys> JumpHostKeys => State.JumpHostKeys;

    /// <summary>What was seen instead of a pinned key.</summary>
    public string? HostKeyMismatch => State.HostKeyMismatch;

    /// <summary>The jump host where it was seen; null for the machine itself.</summary>
    public string? HostKeyMismatchAt => State.HostKeyMismatchAt;

    /// <summary>Other projects that might send runs to it.</summary>
    public IEnumerable<MachineShareNode> Shares => State.Shares.Select(share => new MachineShareNode(share));

    /// <summary>Whether it took no more runs.</summary>
    public bool Retired => State.Retired;
}

/// <summary>What leads from a machine as it was to something else.</summary>
[ObjectType<MachineAtNode>]
public static class MachineAtFields
{
    /// <summary>Everything that happened to it, oldest first, up to now. Cursors are versions.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static EventPage GetEvents([Parent] MachineAtNode machine, int first = EventPages.Usual, string? after = null) =>
        machine.Page(first, after);

    /// <summary>What differs from how it was at another moment; without one, what its last event changed.</summary>
    public static Task<IReadOnlyList<DifferenceNode>> GetDifferencesAsync([Parent] MachineAtNode machine, [Service] Past past,
        MomentInput? since = null, bool all = false, CancellationToken cancel = default) =>
        machine.DifferencesAsync(past, since, all, "machine", MachineTraits.Of, cancel);
}
