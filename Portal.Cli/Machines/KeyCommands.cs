using System.CommandLine;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary>One's own key on a machine.</summary>
public static class KeyCommands
{
    /// <summary>Makes one.</summary>
    public static Command Key()
    {
        var machine = MachineCommands.Machine();
        return new Command("key", "Make your key for a machine; shows the public key and, this once, the security token") { machine }
            .Does(async (parsed, portal, cancel) =>
            {
                var id = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel);
                var made = await portal.PostAsync($"machines/{id}/credential", null, cancel);
                if (parsed.Json()) Print.Json(made);
                else
                {
                    Print.Fields(("Public key", made.Text("publicKey")), ("Fingerprint", made.Text("fingerprint")),
                        ("On the machine", made.Text("installCommand")), ("Security token", made.Text("securityToken")));
                    await Console.Error.WriteLineAsync("Keep the security token: it is shown this once and the portal does not have it.");
                }
                return ExitCode.Well;
            });
    }

    /// <summary>Revokes it.</summary>
    public static Command Revoke()
    {
        var machine = MachineCommands.Machine();
        return new Command("revoke-key", "Revoke your key on a machine") { machine }.Does(async (parsed, portal, cancel) =>
        {
            await portal.DeleteAsync($"machines/{await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel)}/credential", cancel);
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
            var id = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel);
            var body = new { securityToken = parsed.SecurityToken(token) };
            if (parsed.Json())
            {
                var check = await portal.PostAsync($"machines/{id}/check", body, cancel);
                Print.Json(check);
                return check.Text("ok") == "true" ? ExitCode.Well : ExitCode.RunFailed;
            }
            using var answer = await portal.OpenAsync($"machines/{id}/check", cancel, "text/event-stream", HttpMethod.Post, body);
            var ok = false;
            await foreach (var arrived in EventReader.ReadAsync(answer, cancel))
            {
                if (arrived.Type == "end") ok = arrived.Data.Text("ok") == "true";
                else Show(arrived.Data);
            }
            return ok ? ExitCode.Well : ExitCode.RunFailed;
        });
    }

    private static void Show(System.Text.Json.JsonElement step)
    {
        var advice = step.Text("advice") is { Length: > 0 } text ? $" {text}" : "";
        Console.Out.WriteLine(Print.Plain($"{(step.Text("ok") == "true" ? "ok    " : "failed")}  {step.Text("name"),-14}  {step.Text("message")}{advice}"));
    }
}
