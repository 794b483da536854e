using System.CommandLine;
using System.Text.Json;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary><c>portal machine</c>.</summary>
public static class MachineCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("machine", "Machines and your keys on them")
    {
        List(), Register(), HostKeys(), Confirm(), KeyCommands.Key(), KeyCommands.Revoke(), KeyCommands.Test(), Retire(),
    };

    internal static Argument<string> Machine() => new("machine") { Description = "Id or name" };

    private static Command List() => new Command("list", "The machines of your project").Does(async (parsed, portal, cancel) =>
    {
        var machines = await portal.ListAsync("machines", int.MaxValue, cancel);
        if (parsed.Json()) Print.Json(machines);
        else Print.Table(machines, ("id", m => m.Text("id")), ("name", m => m.Text("name")), ("state", m => m.Text("state")),
            ("login", m => $"{m.Text("user")}@{m.Text("host")}:{m.Text("port")}"), ("scheduler", m => m.Text("scheduler")));
        return ExitCode.Well;
    });

    private static Command Register()
    {
        var name = new Option<string>("--name") { Required = true, Description = "How your project calls it" };
        var host = new Option<string>("--host") { Required = true, Description = "Host name or address of the login node" };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 22, Description = "TCP port of its SSH server" };
        var user = new Option<string>("--user") { Required = true, Description = "Account name there" };
        var work = new Option<string>("--work-folder") { Required = true, Description = "Folder below which each run gets its own" };
        var install = new Option<string?>("--install-folder") { Description = "Folder for software" };
        var data = new Option<string?>("--data-folder") { Description = "Folder for data kept between runs" };
        var scheduler = new Option<string>("--scheduler") { DefaultValueFactory = _ => "slurm", Description = "slurm or none" };
        var setUp = new Option<string[]>("--set-up") { Description = "A shell line run before each step; may be given several times" };
        var jump = new Option<string[]>("--jump") { Description = "A login node to pass through, user@host:port; may be given several times" };
        return new Command("register", "Register a machine") { name, host, port, user, work, install, data, scheduler, setUp, jump }
            .Does(async (parsed, portal, cancel) =>
            {
                var machine = await portal.PostAsync("machines", new
                {
                    name = parsed.GetValue(name), host = parsed.GetValue(host), port = parsed.GetValue(port), user = parsed.GetValue(user),
                    workFolder = parsed.GetValue(work), installFolder = parsed.GetValue(install), dataFolder = parsed.GetValue(data),
                    scheduler = parsed.GetValue(scheduler), setUpLines = parsed.GetValue(setUp) ?? [], jumpHosts = parsed.GetValue(jump) ?? [],
                }, cancel);
                if (parsed.Json()) Print.Json(machine);
                else Print.Fields(("Machine", machine.Text("id")), ("Next", $"portal machine host-keys {machine.Text("id")}"));
                return ExitCode.Well;
            });
    }

    private static Command HostKeys()
    {
        var (machine, behind, token) = (Machine(), Behind(), CommandParts.TokenFile());
        return new Command("host-keys", "The host keys that answer now; compare them with what its operators publish") { machine, behind, token }
            .Does(async (parsed, portal, cancel) =>
            {
                var keys = $"machines/{await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel)}/host-keys";
                var found = parsed.GetValue(behind)
                    ? await portal.PostAsync($"{keys}/scan", new { securityToken = parsed.SecurityToken(token) }, cancel)
                    : await portal.GetAsync(keys, cancel);
                if (parsed.Json()) Print.Json(found);
                else Show(found);
                return ExitCode.Well;
            });
    }

    private static Option<bool> Behind() =>
        new("--behind") { Description = "Ask behind its jump hosts, with your key there; takes your security token" };

    private static void Show(JsonElement found)
    {
        var rows = found.Entries("jumpHosts").SelectMany(jump => jump.Entries("keys")
            .Select(key => (Key: key, Place: jump.Text("jumpHost"))))
            .Concat(found.Entries("keys").Select(key => (Key: key, Place: "the machine")));
        Print.Table(rows, ("algorithm", row => row.Key.Text("algorithm")), ("fingerprint", row => row.Key.Text("fingerprint")),
            ("of", row => row.Place));
        if (found.TryGetProperty("stopped", out var stopped) && stopped.ValueKind == JsonValueKind.Object)
            Console.Error.WriteLine(Print.Plain($"{stopped.Text("message")} {stopped.Text("advice")}"));
    }

    private static Command Confirm()
    {
        var (machine, behind, token) = (Machine(), Behind(), CommandParts.TokenFile());
        var fingerprints = new Argument<string[]>("fingerprint") { Arity = ArgumentArity.OneOrMore, Description = "SHA256:…, as you compared it" };
        return new Command("confirm", "Confirm host keys by their fingerprints")
        {
            machine, fingerprints, behind, token,
        }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel);
            var pinned = await portal.PutAsync($"machines/{id}/host-keys", new
            {
                fingerprints = parsed.GetValue(fingerprints),
                securityToken = parsed.GetValue(behind) ? parsed.SecurityToken(token) : null,
            }, cancel);
            if (parsed.Json()) Print.Json(pinned);
            else Print.Fields(("Machine", pinned.Text("name")), ("State", pinned.Text("state")));
            return ExitCode.Well;
        });
    }

    private static Command Retire()
    {
        var machine = Machine();
        return new Command("retire", "Take a machine out of use; its history stays") { machine }.Does(async (parsed, portal, cancel) =>
        {
            await portal.DeleteAsync($"machines/{await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel)}", cancel);
            return ExitCode.Well;
        });
    }
}
