using System.CommandLine;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary>The host keys of a machine.</summary>
public static class HostKeyCommands
{
    /// <summary>Shows them.</summary>
    public static Command HostKeys()
    {
        var (machine, behind, token) = (MachineCommands.Machine(), Behind(), CommandParts.TokenFile());
        return new Command("host-keys", "The host keys that answer now; compare them with what its operators publish")
        {
            machine, behind, token,
        }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
            var securityToken = parsed.GetValue(behind) ? parsed.SecurityToken(token) : null;
            var seen = await portal.ChangeAsync<SeenHostKeys>(
                MachineCommands.Operation("ScanHostKeys"), new { id, securityToken }, cancel);
            parsed.Show(seen, () => Show(seen));
            return ExitCode.Well;
        });
    }

    /// <summary>Confirms them.</summary>
    public static Command Confirm()
    {
        var (machine, behind, token) = (MachineCommands.Machine(), Behind(), CommandParts.TokenFile());
        var keys = new Argument<string[]>("fingerprint")
        {
            Arity = ArgumentArity.OneOrMore, Description = "SHA256:…, as you compared it",
        };
        return new Command("confirm", "Confirm host keys by their fingerprints")
        {
            machine, keys, behind, token,
        }.Does(async (parsed, portal, cancel) =>
        {
            var (id, fingerprints) = (await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel), parsed.GetValue(keys));
            var input = new { id, fingerprints, securityToken = parsed.GetValue(behind) ? parsed.SecurityToken(token) : null };
            var pinned = await portal.ChangeAsync<Machine>(MachineCommands.Operation("PinHostKeys"), input, cancel);
            parsed.Show(pinned, () => Print.Fields(("Machine", pinned.Name), ("State", Words.Of(pinned.State))));
            return ExitCode.Well;
        });
    }

    private static Option<bool> Behind() =>
        new("--behind") { Description = "Ask behind its jump hosts, with your key there; takes your security token" };

    private static void Show(SeenHostKeys seen)
    {
        var rows = seen.JumpHosts.SelectMany(jump => jump.Keys.Select(key => (Key: key, Place: jump.JumpHost)))
            .Concat(seen.Keys.Select(key => (Key: key, Place: "the machine")));
        Print.Table(rows, ("algorithm", row => row.Key.Algorithm), ("fingerprint", row => row.Key.Fingerprint),
            ("of", row => row.Place));
        if (seen.Stopped is { } stopped) Console.Error.WriteLine(Print.Plain($"{stopped.Message} {stopped.Advice}"));
    }
}
