using System.CommandLine;
using System.Text.Json;
using Portal.Cli;
using Portal.Cli.AccessTokens;
using Portal.Cli.Archives;
using Portal.Cli.Audit;
using Portal.Cli.Completion;
using Portal.Cli.Endpoints;
using Portal.Cli.GraphQL;
using Portal.Cli.Leases;
using Portal.Cli.Login;
using Portal.Cli.Machines;
using Portal.Cli.Output;
using Portal.Cli.Projects;
using Portal.Cli.Reports;
using Portal.Cli.Runs;
using Portal.Cli.Schema;
using Portal.Cli.Workflows;

var root = new RootCommand("""
    Runs workflows on supercomputers through a portal.

    Exit codes: 0 well, 1 the run or the test failed, 2 usage, 3 the portal refused, 4 the portal does not answer,
    5 the run was cancelled, 130 interrupted.
    Configuration: ~/.config/portal/config.json (PORTAL_CONFIG), then PORTAL_URL, PORTAL_TOKEN and PORTAL_OUTPUT, then flags.
    """)
{
    CommandParts.Url, CommandParts.Format,
    LoginCommand.Make(), LogoutCommand.Make(), TokenCommands.Make(), ProjectCommands.Make(), MachineCommands.Make(),
        KeyHistoryCommands.Make(),
        EndpointCommands.Make(), WorkflowCommands.Make(),
        RunCommands.Make(), LeaseCommands.Make(), ReportCommands.Make(),
    EventsCommand.Make(), AuditCommands.Make(), ArchiveCommands.Make(), SchemaCommand.Make(), CompletionCommand.Make(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync();
    return ExitCode.Usage;
}
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException error)
{
    return Say(error.Message, ExitCode.Usage);
}
catch (RefusedException error)
{
    return Say(error.Message, ExitCode.Refused);
}
catch (JsonException error)
{
    return Say($"The answer is not that of a portal of this version ({error.Path}): look at the address, or update the "
        + "command line.", ExitCode.Refused);
}
catch (Exception error)
    when (error is HttpRequestException or IOException or TaskCanceledException { InnerException: TimeoutException })
{
    return Say($"The portal does not answer: {Why(error)}", ExitCode.Unreachable);
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}

// What is within is told where the outer message only points there.
static string Why(Exception error)
{
    const string Pointer = "see inner exception.";
    return error.InnerException is { } inner && error.Message.EndsWith(Pointer, StringComparison.Ordinal)
        ? error.Message[..^Pointer.Length] + Why(inner)
        : error.Message;
}

static int Say(string message, int code)
{
    Console.Error.WriteLine(string.Join('\n', message.Split('\n').Select(Print.Plain)));
    return code;
}
