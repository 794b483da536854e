using System.CommandLine;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary>The host keys of a machine.</summary>
public static class HostKeyCommands
{
    /// <summary>Shows them.</summary>
    public static Command HostKeys()
    {
        var machine = MachineCommands.Machine();
        return new Command("host-keys", "The host keys that answer now; compare them with what its operators publish") { machine }
            .Does(async (parsed, portal, cancel) =>
            {
                var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
                var keys = await portal.ChangeAsync<IReadOnlyList<HostKey>>(MachineCommands.Operation("ScanHostKeys"),
                    new { id }, cancel);
                parsed.Show(keys, () => Print.Table(keys, ("algorithm", k => k.Algorithm), ("fingerprint", k => k.Fingerprint)));
                return ExitCode.Well;
            });
    }

    /// <summary>Confirms them.</summary>
    public static Command Confirm()
    {
        var machine = MachineCommands.Machine();
        var keys = new Argument<string[]>("fingerprint")
        {
            Arity = ArgumentArity.OneOrMore, Description = "SHA256:…, as you compared it",
        };
        var command = new Command("confirm", "Confirm host keys by their fingerprints") { machine, keys };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var (id, fingerprints) = (await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel), parsed.GetValue(keys));
            var input = new { id, fingerprints };
            var pinned = await portal.ChangeAsync<Machine>(MachineCommands.Operation("PinHostKeys"), input, cancel);
            parsed.Show(pinned, () => Print.Fields(("Machine", pinned.Name), ("State", Words.Of(pinned.State))));
            return ExitCode.Well;
        });
    }
}
