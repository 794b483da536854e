using System.CommandLine;

namespace Portal.Cli.Completion;

/// <summary><c>portal completion</c>: what a shell has to read so that it completes command lines. It asks the command line
/// itself each time (System.CommandLine's directive <c>[suggest]</c>), and so knows every command and option.</summary>
public static class CompletionCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "A script that completes command lines for your shell") { shell };
        command.SetAction(parsed =>
        {
            using var script = new StreamReader(
                typeof(CompletionCommand).Assembly.GetManifestResourceStream($"portal.{parsed.GetValue(shell)}")!);
            Console.Out.Write(script.ReadToEnd());
            return ExitCode.Well;
        });
        return command;
    }
}
