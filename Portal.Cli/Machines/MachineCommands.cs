using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;
using Portal.Cli.Past;
using Portal.Cli.Runs;

namespace Portal.Cli.Machines;

/// <summary><c>portal machine</c>.</summary>
public static class MachineCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("machine", "Machines and your keys on them")
    {
        List(), Show(), RegisterCommand.Make(), HostKeyCommands.HostKeys(), HostKeyCommands.Confirm(),
        KeyCommands.Key(), KeyCommands.Revoke(), KeyCommands.Test(), ShareCommands.Share(),
        ShareCommands.Unshare(), Retire(),
    };

    internal static Argument<string> Machine() => new("machine") { Description = "Key or name" };

    internal static Operation Operation(string name) => new("Machines", name);

    /// <summary>The global id of a machine given by its key or by its name in the personal project.</summary>
    internal static Task<string> MachineIdAsync(this PortalClient portal, string given, CancellationToken cancel) =>
        portal.IdAsync<Machine>("Machine", given, Operation("ListMachines"), machine => (machine.Id, machine.Name), cancel);

    internal static void Describe(Machine machine) => Print.Fields(("Machine", machine.Key), ("Name", machine.Name),
        ("State", Words.Of(machine.State)), ("Login", Login(machine)), ("Scheduler", machine.Scheduler),
        ("Work folder", machine.WorkFolder), ("Install folder", machine.InstallFolder), ("Data folder", machine.DataFolder),
        ("Jump hosts", string.Join(", ", machine.JumpHosts)), ("Set-up", string.Join("; ", machine.SetUpLines)),
        ("Shared", string.Join(", ", machine.Shares.Select(share => $"by {share.From} with {share.Name}"))),
        ("Runs", machine.AttendedOnly ? "attended only" : null),
        ("Host keys", string.Join(", ", machine.HostKeys.Select(key => key.Fingerprint))),
        ("Your key", machine.Credential?.Fingerprint));

    private static Command List() => new Command("list", "The machines of your project").Does(async (parsed, portal, cancel) =>
    {
        var machines = await portal.ListAsync<Machine>(Operation("ListMachines"), after => new { after }, cancel)
            .ToListAsync(cancel);
        parsed.Show(machines, () =>
            Print.Table(machines, ("key", m => m.Key), ("name", m => m.Name), ("state", m => Words.Of(m.State)),
            ("login", Login), ("scheduler", m => m.Scheduler)));
        return ExitCode.Well;
    });

    private static Command Show()
    {
        var (machine, at) = (Machine(), PastCommands.At());
        return new Command("show", "Everything known of a machine, as it is or as it was") { machine, at }
            .Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
            if (parsed.GetValue(at) is { } moment) return await ThingAt.ShowAsync(parsed, portal, "MachineAt", id, moment,
                cancel);
            var found = await portal.AskAsync<Machine>(Operation("ShowMachine"), new { id }, cancel);
            parsed.Show(found, () => Describe(found));
            return ExitCode.Well;
        });
    }

    private static Command Retire()
    {
        var machine = Machine();
        var command = new Command("retire", "Take a machine out of use; its history stays") { machine };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
            var retired = await portal.ChangeAsync<Machine>(Operation("RetireMachine"), new { id }, cancel);
            parsed.Show(retired, () => Print.Fields(("Machine", retired.Name), ("State", Words.Of(retired.State))));
            return ExitCode.Well;
        });
    }

    private static string Login(Machine machine) => $"{machine.User}@{machine.Host}:{machine.Port}";
}
