using System.CommandLine;
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
        var machine = Machine();
        return new Command("host-keys", "The host keys that answer now; compare them with what its operators publish") { machine }
            .Does(async (parsed, portal, cancel) =>
            {
                var id = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel);
                var found = await portal.GetAsync($"machines/{id}/host-keys", cancel);
                if (parsed.Json()) Print.Json(found);
                else Print.Table(found.Entries("keys"), ("algorithm", k => k.Text("algorithm")), ("fingerprint", k => k.Text("fingerprint")));
                return ExitCode.Well;
            });
    }

    private static Command Confirm()
    {
        var machine = Machine();
        var fingerprints = new Argument<string[]>("fingerprint") { Arity = ArgumentArity.OneOrMore, Description = "SHA256:…, as you compared it" };
        return new Command("confirm", "Confirm host keys by their fingerprints") { machine, fingerprints }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel);
            var pinned = await portal.PutAsync($"machines/{id}/host-keys", new { fingerprints = parsed.GetValue(fingerprints) }, cancel);
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
