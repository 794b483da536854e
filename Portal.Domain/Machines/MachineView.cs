using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>What a machine needs before it takes runs, or that it does.</summary>
public enum MachineState
{
    /// <summary>Nobody has confirmed a host key yet.</summary>
    HostKeyUnconfirmed,
    /// <summary>It showed a host key that nobody confirmed; everything for it stopped.</summary>
    HostKeyChanged,
    /// <summary>Host key pinned; runs need a credential of the person who submits.</summary>
    Ready,
    /// <summary>It takes no more runs.</summary>
    Retired,
}

/// <summary>A machine as lists and other capabilities see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">Its project.</param>
/// <param name="Settings">What its keeper said about it.</param>
/// <param name="HostKeys">The pinned host keys.</param>
/// <param name="JumpHostKeys">The pinned host keys of the jump hosts, of those that have any.</param>
/// <param name="State">What it needs.</param>
/// <param name="HostKeyMismatch">What was seen instead of a pinned key.</param>
/// <param name="HostKeyMismatchAt">The jump host where it was seen; null for the machine itself.</param>
/// <param name="LastCheck">The last connection test.</param>
/// <param name="LastCheckAt">When that was.</param>
/// <param name="RegisteredAt">When it was registered.</param>
public sealed record MachineView(
    Id<Machine> Id, Id<Project> Project, MachineSettings Settings, IReadOnlyList<HostKey> HostKeys,
    IReadOnlyList<JumpHostKeys> JumpHostKeys, MachineState State, string? HostKeyMismatch, string? HostKeyMismatchAt, IReadOnlyList<CheckStep>? LastCheck,
    DateTimeOffset? LastCheckAt, DateTimeOffset RegisteredAt)
{
    /// <summary>Other projects that may send runs to it, as far as who looks at it may know.</summary>
    public IReadOnlyList<MachineShare> Shares { get; init; } = [];

    /// <summary>Whether runs of the project may be sent to it.</summary>
    public bool Serves(Id<Project> project) => project == Project || Shares.Any(share => share.Project == project);

    /// <summary>What the project was called that shares it with this one; null where it belongs to this one.</summary>
    public string? SharedFrom(Id<Project> project) => Shares.FirstOrDefault(share => share.Project == project)?.From;

    /// <summary>The machine as members of the project see it: of other projects that share it they hear nothing.</summary>
    public MachineView As(Id<Project> project) =>
        project == Project ? this : this with { Shares = [.. Shares.Where(share => share.Project == project)] };

    /// <summary>The pinned keys of a jump host; of the machine itself for null.</summary>
    public IReadOnlyList<HostKey> KeysOf(string? jumpHost) =>
        jumpHost is null ? HostKeys : Machines.JumpHostKeys.Find(JumpHostKeys, jumpHost);
}

/// <summary>Keeps <see cref="MachineView"/> in the appending transaction: the wizard reads back what it just did.</summary>
public sealed class MachineViewProjection : Projection<MachineView>
{
    /// <inheritdoc/>
    public override DocumentTable<MachineView> Table { get; } = new(
        "machines", machine => machine.Id.ToString(),
        [
            new("project", "text", machine => machine.Project.ToString()),
            new("projects", "text[]", machine =>
                machine.Shares.Select(share => share.Project.ToString()).Prepend(machine.Project.ToString()).ToArray()),
            new("name", "text", machine => machine.Settings.Name),
            new("host", "text", machine => machine.Settings.Host),
            new("state", "text", machine => machine.State.ToString()),
            new("registered_at", "timestamptz", machine => machine.RegisteredAt),
        ],
        ["project, name", "project, registered_at desc"]);

    /// <inheritdoc/>
    public override int Version => 3;

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(MachineRegistered), typeof(MachineSettingsChanged), typeof(HostKeysPinned), typeof(HostKeyChanged), typeof(MachineChecked),
         typeof(MachineRetired), typeof(MachineShared), typeof(MachineUnshared)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<MachineView> documents, CancellationToken cancel)
    {
        if (!Ledger.TryIdOf<Machine>(recorded.Stream, out var id)) return;
        var view = await documents.FindAsync(id.ToString("n"), cancel)
            ?? new MachineView(default, default, Machine.Empty.Settings, [], [], MachineState.HostKeyUnconfirmed, null, null, null, null, recorded.Time);
        // The rules of how a machine changes stand once, in the aggregate.
        var machine = new Machine(view.Id, view.Project, view.Settings, view.HostKeys, view.JumpHostKeys, view.HostKeyMismatch,
            view.HostKeyMismatchAt, view.State == MachineState.Retired) { Shares = view.Shares }.Apply(recorded);
        view = view with
        {
            Id = machine.Id, Project = machine.Project, Settings = machine.Settings, HostKeys = machine.HostKeys,
            JumpHostKeys = machine.JumpHostKeys, HostKeyMismatch = machine.HostKeyMismatch, HostKeyMismatchAt = machine.HostKeyMismatchAt,
            State = StateOf(machine), Shares = machine.Shares,
        };
        if (recorded.Body is MachineChecked check) view = view with { LastCheck = check.Steps, LastCheckAt = recorded.Time };
        documents.Put(view);
    }

    private static MachineState StateOf(Machine machine) =>
        machine.Retired ? MachineState.Retired
        : !machine.Confirmed ? MachineState.HostKeyUnconfirmed
        : machine.HostKeyMismatch is not null ? MachineState.HostKeyChanged
        : MachineState.Ready;
}
