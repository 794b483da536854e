using System.CommandLine;
using Portal.Cli.AccessTokens;
using Portal.Cli.Archives;
using Portal.Cli.Audit;
using Portal.Cli.Completion;
using Portal.Cli.Endpoints;
using Portal.Cli.Leases;
using Portal.Cli.Login;
using Portal.Cli.Machines;
using Portal.Cli.Output;
using Portal.Cli.Projects;
using Portal.Cli.Reports;
using Portal.Cli.Runs;
using Portal.Cli.Schema;
using Portal.Cli.Workflows;

namespace Portal.Cli;

/// <summary>The command line as a whole.</summary>
public static class PortalCommand
{
    /// <summary>How it is read: an argument that begins with an at sign is one like any other, and no file of
    /// arguments.</summary>
    public static ParserConfiguration Reading { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>All commands.</summary>
    public static RootCommand Make() => new("""
        Runs workflows on supercomputers through a portal.

        Exit codes: 0 well, 1 the run or the test failed, 2 usage, 3 the portal refused, 4 the portal does not answer,
        5 the run was cancelled, 130 interrupted.
        Configuration: ~/.config/portal/config.json (PORTAL_CONFIG), then PORTAL_URL, PORTAL_TOKEN and PORTAL_OUTPUT, then flags.
        """)
    {
        CommandParts.Url, CommandParts.Format,
        LoginCommand.Make(), LogoutCommand.Make(), TokenCommands.Make(), ProjectCommands.Make(), MachineCommands.Make(),
            KeyHistoryCommands.Make(), EndpointCommands.Make(), WorkflowCommands.Make(), RunCommands.Make(), LeaseCommands.Make(),
            ReportCommands.Make(),
        EventsCommand.Make(), AuditCommands.Make(), ArchiveCommands.Make(), SchemaCommand.Make(), CompletionCommand.Make(),
    };
}
