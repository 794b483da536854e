using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>A machine was registered; nothing is spoken to it before its host key is confirmed.</summary>
[EventType("machine_registered")]
public sealed record MachineRegistered(
    Id<Machine> MachineId, Id<Project> ProjectId, Id<User> RegisteredBy, MachineSettings Settings) : IBelongsToProject;

/// <summary>What is known about a machine was changed. Another host, port or jump host unpins its host keys.</summary>
[EventType("machine_settings_changed")]
public sealed record MachineSettingsChanged(Id<Machine> MachineId, MachineSettings Settings);

/// <summary>A person confirmed these host keys of the machine, or of a jump host before it; nothing else will be spoken
/// to.</summary>
[EventType("host_keys_pinned")]
public sealed record HostKeysPinned(Id<Machine> MachineId, IReadOnlyList<HostKey> Keys, string? JumpHost = null);

/// <summary>The machine, or a jump host before it, showed a host key that nobody confirmed: everything for the machine stops
/// until a person pins anew.</summary>
[EventType("host_key_changed")]
public sealed record HostKeyChanged(Id<Machine> MachineId, string Evidence, string? JumpHost = null);

/// <summary>The connection was tried step by step.</summary>
[EventType("machine_checked")]
public sealed record MachineChecked(Id<Machine> MachineId, Guid CredentialId, bool Ok, IReadOnlyList<CheckStep> Steps);

/// <summary>Another project may send runs to the machine, each member with a key of their own.</summary>
/// <param name="MachineId">The machine.</param>
/// <param name="With">The other project.</param>
/// <param name="WithName">What that was called.</param>
/// <param name="FromName">What the machine's own project was called.</param>
[EventType("machine_shared")]
public sealed record MachineShared(Id<Machine> MachineId, Id<Project> With, string WithName, string FromName);

/// <summary>The other project may not any more.</summary>
[EventType("machine_unshared")]
public sealed record MachineUnshared(Id<Machine> MachineId, Id<Project> With);

/// <summary>The machine takes no more runs.</summary>
[EventType("machine_retired")]
public sealed record MachineRetired(Id<Machine> MachineId);
