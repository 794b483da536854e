using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Portal.Jobs.Sites.Shells;

/// <summary>Starts child processes with their three streams piped.</summary>
internal static class Spawn
{
    private const int SetPipeSize = 1031; // fcntl(2), F_SETPIPE_SZ
    private const int PipeBytes = 1 << 20;

    /// <summary>Starts a program. Its surroundings are what it needs alone: nothing of the portal's configuration is inherited.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        ChildVariables.Only(start);
        start.Environment["LC_ALL"] = "C";
        start.Environment["SHELL"] = "/bin/sh";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        process.StandardInput.AutoFlush = false;
        return process;
    }

    /// <summary>Gives both data pipes of a process the largest size an ordinary user may have: fewer switches at full speed.</summary>
    public static void Widen(Process process)
    {
        Widen(process.StandardInput.BaseStream);
        Widen(process.StandardOutput.BaseStream);
    }

    /// <summary>Ends a process at once and forgets it; one that ended already is fine.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself between two looks.
        }
    }

    private static void Widen(Stream stream)
    {
        // A refusal (the user's limit of pipe pages is reached) only costs speed.
        if (stream is System.IO.Pipes.PipeStream pipe) _ = Control(pipe.SafePipeHandle, SetPipeSize, PipeBytes);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeHandle handle, int command, int argument);
}
