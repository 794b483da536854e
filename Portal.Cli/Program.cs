using System.CommandLine;
using System.Text.Json;
using Portal.Cli;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

// Arguments are what they are: none names a file with more of them.
var parsed = PortalCommand.Make().Parse(args, PortalCommand.Reading);
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
