using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary>One's own key on a machine.</summary>
public static class KeyCommands
{
    /// <summary>Makes one.</summary>
    public static Command Key()
    {
        var machine = MachineCommands.Machine();
        return new Command("key",
            "Make your key for a machine; shows the public key and, this once, the security token") { machine }
            .Does(async (parsed, portal, cancel) =>
            {
                var input = new { machine = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel) };
                var made = await portal.ChangeAsync<CreatedCredential>(MachineCommands.Operation("CreateCredential"), input,
                    cancel);
                parsed.Show(made, () =>
                {
                    Print.Fields(("Public key", made.PublicKey), ("Fingerprint", made.Fingerprint),
                        ("On the machine", made.InstallCommand),
                        ("Security token", made.SecurityToken));
                    Console.Error.WriteLine("Keep the security token: it is shown this once and the portal does not have it.");
                });
                return ExitCode.Well;
            });
    }

    /// <summary>Revokes it.</summary>
    public static Command Revoke()
    {
        var machine = MachineCommands.Machine();
        return new Command("revoke-key", "Revoke your key on a machine") { machine }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
            var found = await portal.AskAsync<Machine>(MachineCommands.Operation("ShowMachine"), new { id }, cancel);
            var credential = found.Credential
                ?? throw new RefusedException([new("NOT_FOUND", "You have no key on this machine.",
                    Advice: $"Make one with `portal machine key {found.Name}`.")]);
            var left = await portal.ChangeAsync<Machine>(MachineCommands.Operation("RevokeCredential"),
                new { id = credential.Id }, cancel);
            parsed.Show(left, () => Print.Fields(("Machine", left.Name), ("Revoked", credential.Fingerprint)));
            return ExitCode.Well;
        });
    }

    /// <summary>Tests the connection.</summary>
    public static Command Test()
    {
        var machine = MachineCommands.Machine();
        var token = CommandParts.TokenFile();
        return new Command("test", "Test the connection step by step") { machine, token }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel);
            var input = new { machine = id, securityToken = parsed.SecurityToken(token) };
            var test = await portal.ChangeAsync<ConnectionTest>(MachineCommands.Operation("TestConnection"), input, cancel);
            parsed.Show(test, () =>
                Print.Table(test.Steps, ("step", step => step.Name), ("result", step => step.Ok ? "ok" : "failed"),
                ("found", step => $"{step.Message} {step.Advice}".TrimEnd())));
            return test.Ok ? ExitCode.Well : ExitCode.RunFailed;
        });
    }
}
