using System.Text.RegularExpressions;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>A program with its version.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version; null where that was not told.</param>
public sealed record NamedSoftware(string Name, string? Version);

/// <summary>What was known of the software on a machine.</summary>
/// <param name="Scheduler">The scheduler's word in the machine's settings; <c>none</c> where there is none.</param>
/// <param name="SetUpLines">Shell lines that were run before each step.</param>
/// <param name="Told">What the scheduler, or where there is none the system, called itself when the connection was tested last:
/// <c>slurm 22.05.8</c>, <c>none, Linux 6.1.0</c>. Null where no test since the scheduler was set came so far.</param>
/// <param name="ToldAt">When that was.</param>
public sealed partial record KnownSoftware(
    string Scheduler, IReadOnlyList<string> SetUpLines, string? Told, DateTimeOffset? ToldAt)
{
    private const string None = "none";

    /// <summary>What carried jobs out: the scheduler, or the system where there is none. Null where nothing is known of
    /// that.</summary>
    public NamedSoftware? Carrier
    {
        get
        {
            // Packages give programs longer names: Debian's calls itself slurm-wlm 22.05.8.
            var told = Told?.Split(' ', 2) is [var first, .. var rest]
                && first.StartsWith(Scheduler, StringComparison.OrdinalIgnoreCase) ? rest.FirstOrDefault() : Told;
            if (Scheduler != None) return new(Scheduler, told is { Length: > 0 } ? told : null);
            return told?.Split(' ', 2) is [{ Length: > 0 } name, .. var version] ? new(name, version.FirstOrDefault()) : null;
        }
    }

    /// <summary>The environment modules that set-up lines load (<c>module load gcc/12.2</c>), with the versions that they name.
    /// What a shell would have to expand is passed over.</summary>
    public IReadOnlyList<NamedSoftware> Modules =>
    [
        .. SetUpLines.Select(line => Load().Match(line)).Where(load => load.Success)
            .SelectMany(load => load.Groups["what"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(what => Module().IsMatch(what)).Distinct()
            .Select(what => what.LastIndexOf('/') is > 0 and var at
                ? new NamedSoftware(what[..at], what[(at + 1)..]) : new(what, null)),
    ];

    // module(1): load and add are the same; ml(1) is short for it.
    [GeneratedRegex(@"^\s*(module|ml)\s+(load|add)\s+(?<what>[^;&|#]+)")]
    private static partial Regex Load();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]*(/[A-Za-z0-9._+-]+)*\z")]
    private static partial Regex Module();
}

/// <summary>Tells what a machine's steps ran in. It belongs to the run whose steps they were: who may see that run may see this,
/// and who asks here has asked for that.</summary>
public sealed class MachineSoftware(Past past)
{
    private const string Step = "scheduler", End = "; accounting ";

    /// <summary>What of its settings a step's environment was made of at a moment.</summary>
    internal async Task<IReadOnlyList<Trait>> AtAsync(Id<Machine> id, Moment at, CancellationToken cancel)
    {
        var events = await past.ReadAsync<Machine>(id.Value, cancel);
        return events.Count > 0 && (await past.FindAsync<Machine>(events, at, "machine", cancel)).Value is { } machine
            ? MachineTraits.Software(machine.State.Settings)
            : [];
    }

    /// <summary>What had been known of its software when an event with this position happened; null where there was no machine
    /// yet.</summary>
    internal async Task<KnownSoftware?> KnownAtAsync(Id<Machine> id, long position, CancellationToken cancel) =>
        Of((await past.ReadAsync<Machine>(id.Value, cancel)).TakeWhile(recorded => recorded.Position <= position));

    /// <summary>What a machine's events tell.</summary>
    public static KnownSoftware? Of(IEnumerable<Recorded> events)
    {
        var (known, host) = ((KnownSoftware?)null, "");
        foreach (var recorded in events)
            known = recorded.Body switch
            {
                MachineRegistered registered => Set(registered.Settings),
                MachineSettingsChanged changed => Set(changed.Settings),
                // A test that failed says nothing about what was there before.
                MachineChecked check when check.Steps.LastOrDefault(step => step is { Name: Step, Ok: true }) is { } step =>
                    known! with { Told = step.Message.Split(End)[0], ToldAt = recorded.Time },
                _ => known,
            };
        return known;

        KnownSoftware Set(MachineSettings settings)
        {
            // Another scheduler, or another host, has another version.
            var same = known?.Scheduler == settings.Scheduler && host == settings.Host;
            host = settings.Host;
            return new(settings.Scheduler, settings.SetUpLines, same ? known!.Told : null, same ? known!.ToldAt : null);
        }
    }
}
