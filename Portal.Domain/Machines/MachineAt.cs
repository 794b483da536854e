using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Shows a machine as it was, to its own project: others that share it do not see what happened to it.</summary>
public sealed class MachineAtHandler(Past past, IDocuments documents, Access access, Readings readings)
{
    /// <summary>The machine at a moment, or as it is where none is named; NOT_FOUND, or why there is no such moment.</summary>
    public async Task<Result<AsItWas<Machine>>> HandleAsync(Caller caller, Id<Machine> id, Moment? at, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, id, Operation.ReadMachineEvents, cancel);
        if (!found.Ok) return Result.Refused<AsItWas<Machine>>(found.Problems);
        await readings.NoteAsync(caller, found.Value.Project, ReadingKind.Replay, id.ToString(), cancel);
        return await past.FindAsync<Machine>(await past.ReadAsync<Machine>(id.Value, cancel), at, "machine", cancel);
    }
}

/// <summary>What can be said about a machine.</summary>
public static class MachineTraits
{
    /// <summary>All of it, as it stands.</summary>
    public static IReadOnlyList<Trait> Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var settings = machine.Settings;
        return !machine.Exists ? [] :
        [
            new("Machine", "Name", settings.Name),
            new("Machine", "Host", $"{settings.Host}:{settings.Port}", TraitKind.Code),
            new("Machine", "User", settings.User, TraitKind.Code),
            new("Machine", "Work folder", settings.WorkFolder, TraitKind.Code),
            new("Machine", "Install folder", settings.InstallFolder, TraitKind.Code),
            new("Machine", "Data folder", settings.DataFolder, TraitKind.Code),
            new("Machine", "Jump hosts", TraitText.List(settings.JumpHosts), TraitKind.Code),
            new("Machine", "Takes attended runs only", TraitText.Of(settings.AttendedOnly)),
            new("Machine", "Retired", TraitText.Of(machine.Retired)),
            .. Software(settings),
            .. Pinned("Host keys", machine.HostKeys),
            .. machine.JumpHostKeys.SelectMany(jump => Pinned($"Host keys of {jump.JumpHost}", jump.Keys)),
            new("Alarm", "Seen instead of a pinned key", machine.HostKeyMismatch),
            new("Alarm", "Jump host", machine.HostKeyMismatchAt, TraitKind.Code),
            .. machine.Shares.Select(share =>
                new Trait("Shared with", $"{share.Name} ({share.Project})", TraitText.Of(share.Since), TraitKind.Time)),
        ];
    }

    /// <summary>What of its settings a step's environment is made of.</summary>
    public static IReadOnlyList<Trait> Software(MachineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            new("Machine", "Scheduler", settings.Scheduler),
            new("Machine", "Set-up lines", TraitText.List(settings.SetUpLines), TraitKind.Code),
        ];
    }

    private static IEnumerable<Trait> Pinned(string section, IReadOnlyList<HostKey> keys) => keys.GroupBy(key => key.Algorithm)
        .Select(of => new Trait(section, of.Key, TraitText.List(of.Select(key => key.Fingerprint)), TraitKind.Code));
}
