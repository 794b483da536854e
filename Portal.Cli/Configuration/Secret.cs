using Spectre.Console;

namespace Portal.Cli.Configuration;

/// <summary>Secrets come from a file, from the environment, or from who sits at the terminal; never from the command line, which
/// others on the machine can read.</summary>
public static class Secret
{
    /// <summary>The secret; its first line, where it comes from a file (<c>-</c> is standard input).</summary>
    public static string Read(string? file, string variable, string question)
    {
        if (file == "-") return Trimmed(Console.In.ReadLine() ?? "", question);
        if (file is not null)
        {
            if (!File.Exists(file)) throw new UsageException($"There is no file {file}.");
            return Trimmed(File.ReadLines(file).FirstOrDefault() ?? "", question);
        }
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) return Trimmed(value, question);
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw new UsageException($"{question} is needed: set {variable}, or name a file that holds it.");
        // Asked on standard error, so that standard output stays what the command says.
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Prompt(new TextPrompt<string>(Markup.Escape(question) + ":").Secret());
    }

    private static string Trimmed(string text, string question) =>
        text.Trim() is { Length: > 0 } secret ? secret : throw new UsageException($"{question} is empty.");
}
