using System.Diagnostics;

namespace Portal.Tests.Fixtures;

/// <summary>What a command said and how it ended.</summary>
public sealed record CommandOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a command that must have worked.</summary>
    public string Text => ExitCode == 0 ? Output : throw new InvalidOperationException($"Exit {ExitCode}: {Error}{Output}");
}

/// <summary>Runs a program to its end. Cancelling ends it and what it started.</summary>
public static class SiteCommand
{
    public static async Task<CommandOutcome> RunAsync(
        string program, IEnumerable<string> arguments, string input = "",
        IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancel = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
                process.StandardInput.Close();
            }
            catch (IOException) when (input.Length > 0)
            {
                // The program ended without reading all of it: its exit code tells why.
            }
            await process.WaitForExitAsync(cancel);
            return new CommandOutcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
