using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Portal.Cli.Configuration;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Output;

/// <summary>What every command has in common.</summary>
public static class CommandParts
{
    /// <summary>Which portal.</summary>
    public static Option<string?> Url { get; } = new("--url")
    {
        Description = "Address of the portal (PORTAL_URL)", Recursive = true,
    };

    /// <summary>How to print.</summary>
    public static Option<string?> Format { get; } = MakeFormat();

    /// <summary>Where the security token is read from.</summary>
    public static Option<string?> TokenFile() => new("--security-token-file")
    {
        Description = "File with the security token, - for standard input (else PORTAL_SECURITY_TOKEN, else it is asked for)",
    };

    /// <summary>How the answer is wanted: <c>table</c>, <c>json</c> or <c>yaml</c>.</summary>
    public static string OutputFormat(this ParseResult parsed) => Settings.Load(null, parsed.GetValue(Format)).Format();

    /// <summary>Prints an answer in the form that is wanted.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="value">The answer.</param>
    /// <param name="table">Prints it for people.</param>
    public static void Show<T>(this ParseResult parsed, T value, Action table)
    {
        switch (parsed.OutputFormat())
        {
            case "json": Print.Json(value); break;
            case "yaml": Print.Yaml(value); break;
            default: table(); break;
        }
    }

    /// <summary>Prints one of many as it comes: JSON on a line, YAML as a document, words for people.</summary>
    public static void ShowNext<T>(this ParseResult parsed, T value, Action words)
    {
        switch (parsed.OutputFormat())
        {
            case "json": Print.JsonLine(value); break;
            case "yaml": Console.Out.WriteLine("---"); Print.Yaml(value); break;
            default: words(); break;
        }
    }

    /// <summary>The security token.</summary>
    public static string SecurityToken(this ParseResult parsed, Option<string?> file) =>
        Secret.Read(parsed.GetValue(file), "PORTAL_SECURITY_TOKEN", "Security token");

    /// <summary>The global id of a thing given by its key or by its name in the personal project.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="type">The thing's type in the schema.</param>
    /// <param name="given">What the person gave.</param>
    /// <param name="list">Lists those with a name.</param>
    /// <param name="about">Id and name of one.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<string> IdAsync<T>(this PortalClient portal, string type, string given, Operation list,
        Func<T, (string Id, string Name)> about, CancellationToken cancel)
    {
        if (GlobalId.Of(type, given) is { } id) return id;
        var named = await portal.ListAsync<T>(list, after => new { after, name = given }, cancel).Select(about)
            .Where(found => found.Name == given).ToListAsync(cancel);
        var kind = type.ToLowerInvariant();
        return named switch
        {
            [var one] => one.Id,
            [] => throw new UsageException($"There is no {kind} with the key or name {given}; see `portal {kind} list`."),
            _ => throw new UsageException($"More than one {kind} is called {given}: give the key, see `portal {kind} list`."),
        };
    }

    /// <summary>Reads the value of an option that is no text; what is none is told in plain words.</summary>
    /// <param name="what">What the option takes, such as <c>a whole number</c>.</param>
    public static Func<ArgumentResult, T?> Value<T>(string what)
        where T : struct, IParsable<T> => given =>
    {
        var text = given.Tokens.Count > 0 ? given.Tokens[0].Value : "";
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
        given.AddError($"{(given.Parent as OptionResult)?.Option.Name} takes {what}, not {text}.");
        return null;
    };

    /// <summary>Adds a subcommand whose action uses the portal.</summary>
    public static Command Does(this Command command, Func<ParseResult, PortalClient, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var portal = Client(parsed);
            return await action(parsed, portal, cancel);
        });
        return command;
    }

    // A client of the portal that is configured.
    private static PortalClient Client(ParseResult parsed)
    {
        var settings = Settings.Load(parsed.GetValue(Url), null);
        var portal = settings.Portal();
        return new PortalClient(portal, settings.Token
            ?? throw new UsageException($"No access token for {portal}: sign in with `portal login`, or set PORTAL_TOKEN."));
    }

    private static Option<string?> MakeFormat()
    {
        var format = new Option<string?>("--output", "-o")
        {
            Description = "table, json or yaml (PORTAL_OUTPUT)", Recursive = true,
        };
        format.AcceptOnlyFromAmong(Settings.Formats);
        return format;
    }
}
