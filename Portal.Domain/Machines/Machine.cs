using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>One account on one login node.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Settings">What its keeper said about it.</param>
/// <param name="HostKeys">The pinned host keys; empty before a person confirmed one.</param>
/// <param name="HostKeyMismatch">What was seen instead of a pinned key; null while all is well.</param>
/// <param name="Retired">Whether it takes no more runs.</param>
public sealed record Machine(
    Id<Machine> Id, Id<Project> Project, MachineSettings Settings, IReadOnlyList<HostKey> HostKeys, string? HostKeyMismatch,
    bool Retired) : IAggregate<Machine>
{
    /// <inheritdoc/>
    public static string Prefix => "machine";

    /// <inheritdoc/>
    public static Machine Empty { get; } = new(default, default, new("", "", 0, "", "", null, null, "", [], []), [], null, false);

    /// <summary>Whether it was ever registered.</summary>
    public bool Exists => Id != default;

    /// <inheritdoc/>
    public Machine Apply(Recorded recorded) => recorded.Body switch
    {
        MachineRegistered registered => this with
        {
            Id = registered.MachineId, Project = registered.ProjectId, Settings = registered.Settings,
        },
        MachineSettingsChanged changed => this with
        {
            Settings = changed.Settings,
            HostKeys = SameDoor(Settings, changed.Settings) ? HostKeys : [],
            HostKeyMismatch = SameDoor(Settings, changed.Settings) ? HostKeyMismatch : null,
        },
        HostKeysPinned pinned => this with { HostKeys = pinned.Keys, HostKeyMismatch = null },
        HostKeyChanged changed => this with { HostKeyMismatch = changed.Evidence },
        MachineRetired => this with { Retired = true },
        _ => this,
    };

    private static bool SameDoor(MachineSettings before, MachineSettings after) =>
        before.Host == after.Host && before.Port == after.Port && before.JumpHosts.SequenceEqual(after.JumpHosts);
}
