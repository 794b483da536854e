using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.Http;

namespace Portal.Cli.Output;

/// <summary>What every command has in common.</summary>
public static class CommandParts
{
    /// <summary>Which portal.</summary>
    public static Option<string?> Url { get; } = new("--url") { Description = "Address of the portal (PORTAL_URL)", Recursive = true };

    /// <summary>How to print.</summary>
    public static Option<string> Format { get; } = MakeFormat();

    /// <summary>Where the security token is read from.</summary>
    public static Option<string?> TokenFile() => new("--security-token-file")
    {
        Description = "File with the security token, - for standard input (else PORTAL_SECURITY_TOKEN, else it is asked for)",
    };

    /// <summary>Whether JSON is wanted.</summary>
    public static bool Json(this ParseResult parsed) => parsed.GetValue(Format) == "json";

    /// <summary>The security token.</summary>
    public static string SecurityToken(this ParseResult parsed, Option<string?> file) =>
        Secret.Read(parsed.GetValue(file), "PORTAL_SECURITY_TOKEN", "Security token");

    /// <summary>A client of the portal that is configured.</summary>
    public static PortalClient Client(this ParseResult parsed)
    {
        var settings = Settings.Load(parsed.GetValue(Url));
        var portal = settings.Portal();
        return new PortalClient(portal, settings.Token
            ?? throw new UsageException($"No access token for {portal}: sign in with `portal login`, or set PORTAL_TOKEN."));
    }

    /// <summary>The id of a thing given by its id or by its name in the personal project.</summary>
    public static async Task<string> IdAsync(this PortalClient portal, string list, string given, CancellationToken cancel)
    {
        if (given.Length == 32 && given.All(char.IsAsciiHexDigitLower)) return given;
        var found = await portal.ListAsync($"{list}?name={Uri.EscapeDataString(given)}", 2, cancel);
        var exact = found.Where(entry => entry.Text("name") == given).ToList();
        return exact.Count == 1 ? exact[0].Text("id") : throw new UsageException($"There is no one of {list} with the id or name {given}.");
    }

    /// <summary>Adds a subcommand whose action uses the portal.</summary>
    public static Command Does(this Command command, Func<ParseResult, PortalClient, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var portal = parsed.Client();
            return await action(parsed, portal, cancel);
        });
        return command;
    }

    private static Option<string> MakeFormat()
    {
        var format = new Option<string>("--output", "-o") { Description = "table or json", DefaultValueFactory = _ => "table", Recursive = true };
        format.AcceptOnlyFromAmong("table", "json");
        return format;
    }
}
