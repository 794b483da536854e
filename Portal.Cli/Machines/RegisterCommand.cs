using System.CommandLine;
using Portal.Cli.Output;

namespace Portal.Cli.Machines;

/// <summary><c>portal machine register</c>.</summary>
public static class RegisterCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var name = new Option<string>("--name") { Required = true, Description = "How your project calls it" };
        var host = new Option<string>("--host") { Required = true, Description = "Host name or address of the login node" };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 22, Description = "TCP port of its SSH server" };
        var user = new Option<string>("--user") { Required = true, Description = "Account name there" };
        var work = new Option<string>("--work-folder") { Required = true, Description = "Where each run gets its folder" };
        var install = new Option<string?>("--install-folder") { Description = "Folder for software" };
        var data = new Option<string?>("--data-folder") { Description = "Folder for data kept between runs" };
        var scheduler = new Option<string>("--scheduler") { DefaultValueFactory = _ => "slurm", Description = "slurm or none" };
        var setUp = new Option<string[]>("--set-up") { Description = "A shell line run before each step; as often as needed" };
        var jump = new Option<string[]>("--jump") { Description = "user@host:port to pass through; as often as needed" };
        var attended = new Option<bool>("--attended-only") { Description = "Take attended runs alone: keys are lent in memory" };
        var command = new Command("register", "Register a machine")
        {
            name, host, port, user, work, install, data, scheduler, setUp, jump, attended,
        };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var settings = new
            {
                name = parsed.GetValue(name), host = parsed.GetValue(host), port = parsed.GetValue(port),
                user = parsed.GetValue(user), workFolder = parsed.GetValue(work), installFolder = parsed.GetValue(install),
                dataFolder = parsed.GetValue(data), scheduler = parsed.GetValue(scheduler),
                setUpLines = parsed.GetValue(setUp), jumpHosts = parsed.GetValue(jump),
                attendedOnly = parsed.GetValue(attended),
            };
            var machine = await portal.ChangeAsync<Machine>(MachineCommands.Operation("RegisterMachine"), new { settings },
                cancel);
            parsed.Show(machine, () =>
                Print.Fields(("Machine", machine.Key), ("Next", $"portal machine host-keys {machine.Name}")));
            return ExitCode.Well;
        });
    }
}
