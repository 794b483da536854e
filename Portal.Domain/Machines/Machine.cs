using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>One account on one login node.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Settings">What its keeper said about it.</param>
/// <param name="HostKeys">The pinned host keys; empty before a person confirmed one.</param>
/// <param name="JumpHostKeys">The pinned host keys of the jump hosts, of those that have any.</param>
/// <param name="HostKeyMismatch">What was seen instead of a pinned key; null while all is well.</param>
/// <param name="HostKeyMismatchAt">The jump host where it was seen; null for the machine itself.</param>
/// <param name="Retired">Whether it takes no more runs.</param>
public sealed record Machine(
    Id<Machine> Id, Id<Project> Project, MachineSettings Settings, IReadOnlyList<HostKey> HostKeys,
    IReadOnlyList<JumpHostKeys> JumpHostKeys, string? HostKeyMismatch, string? HostKeyMismatchAt, bool Retired) : IAggregate<Machine>
{
    /// <inheritdoc/>
    public static string Prefix => "machine";

    /// <inheritdoc/>
    public static Machine Empty { get; } = new(default, default, new("", "", 0, "", "", null, null, "", [], []), [], [], null, null, false);

    /// <summary>Other projects that may send runs to it.</summary>
    public IReadOnlyList<MachineShare> Shares { get; init; } = [];

    /// <summary>Whether it was ever registered.</summary>
    public bool Exists => Id != default;

    /// <summary>Whether host keys of the machine and of every jump host before it are pinned.</summary>
    public bool Confirmed => HostKeys.Count > 0 && Settings.JumpHosts.All(jump => KeysOf(jump).Count > 0);

    /// <summary>The pinned keys of a jump host; of the machine itself for null.</summary>
    public IReadOnlyList<HostKey> KeysOf(string? jumpHost) =>
        jumpHost is null ? HostKeys : Machines.JumpHostKeys.Find(JumpHostKeys, jumpHost);

    /// <summary>Whether another key than the pinned ones was seen at a jump host; at the machine itself for null.</summary>
    public bool Alarmed(string? jumpHost) => HostKeyMismatch is not null && HostKeyMismatchAt == jumpHost;

    /// <inheritdoc/>
    public Machine Apply(Recorded recorded) => recorded.Body switch
    {
        MachineRegistered registered => this with
        {
            Id = registered.MachineId, Project = registered.ProjectId, Settings = registered.Settings,
        },
        MachineSettingsChanged changed when SameDoor(Settings, changed.Settings) => this with { Settings = changed.Settings },
        MachineSettingsChanged changed => this with
        {
            Settings = changed.Settings, HostKeys = [], JumpHostKeys = [], HostKeyMismatch = null, HostKeyMismatchAt = null,
        },
        HostKeysPinned pinned => Pin(pinned),
        HostKeyChanged changed => this with { HostKeyMismatch = changed.Evidence, HostKeyMismatchAt = changed.JumpHost },
        MachineShared shared => this with { Shares = [.. Shares, new(shared.With, shared.WithName, shared.FromName,
            recorded.Time)] },
        MachineUnshared unshared => this with { Shares = [.. Shares.Where(share => share.Project != unshared.With)] },
        MachineRetired => this with { Retired = true },
        _ => this,
    };

    // An alarm ends where it was raised: a key pinned elsewhere on the way says nothing about it.
    private Machine Pin(HostKeysPinned pinned)
    {
        var calm = Alarmed(pinned.JumpHost) ? this with { HostKeyMismatch = null, HostKeyMismatchAt = null } : this;
        return pinned.JumpHost is null
            ? calm with { HostKeys = pinned.Keys }
            : calm with { JumpHostKeys = [.. JumpHostKeys.Where(known => known.JumpHost != pinned.JumpHost), new(pinned.JumpHost, pinned.Keys)] };
    }

    private static bool SameDoor(MachineSettings before, MachineSettings after) =>
        before.Host == after.Host && before.Port == after.Port && before.JumpHosts.SequenceEqual(after.JumpHosts);
}
