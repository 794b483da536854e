using System.CommandLine;
using Portal.Cli.Output;
using Portal.Cli.Projects;

namespace Portal.Cli.Machines;

/// <summary><c>portal machine share</c> and <c>unshare</c>.</summary>
public static class ShareCommands
{
    /// <summary>Shares a machine.</summary>
    public static Command Share()
    {
        var (machine, project) = (MachineCommands.Machine(), ProjectCommands.Named());
        var command = new Command("share", "Let another project send runs to a machine, each member with a key of their own")
        {
            machine, project,
        };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new
            {
                id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel),
                project = await ProjectCommands.IdAsync(portal, parsed.GetValue(project)!, cancel),
            };
            var shared = await portal.ChangeAsync<Machine>(MachineCommands.Operation("ShareMachine"), input, cancel);
            parsed.Show(shared, () => MachineCommands.Describe(shared));
            return ExitCode.Well;
        });
    }

    /// <summary>Ends that.</summary>
    public static Command Unshare()
    {
        var (machine, project) = (MachineCommands.Machine(), ProjectCommands.Named());
        var command = new Command("unshare", "End that; the project's runs there go no further") { machine, project };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new
            {
                id = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel),
                project = await ProjectCommands.IdAsync(portal, parsed.GetValue(project)!, cancel),
            };
            await portal.ChangeAsync<string>(MachineCommands.Operation("UnshareMachine"), input, cancel);
            return ExitCode.Well;
        });
    }
}
