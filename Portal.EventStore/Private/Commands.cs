using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Portal.EventStore;

/// <summary>The few things that the framework cannot ask of the operating system.</summary>
internal static class Commands
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;

    public static ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        // Settings of the person who starts the portal are not meant for its database.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs a short command; its output, or its complaint when it failed.</summary>
    public static (bool Ok, string Text) Run(string program, params IEnumerable<string> arguments)
    {
        var start = Start(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? (true, output.Trim()) : (false, (output + error.Result).Trim());
    }

    public static void Signal(int process, int signal) => _ = kill(process, signal);

    public static bool IsRoot => geteuid() == 0;

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    private static extern uint geteuid();
}
