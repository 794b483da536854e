using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;
using Portal.Cli.Past;
using Portal.Cli.Runs;

namespace Portal.Cli.Machines;

/// <summary>One thing that happened to a key, as Past.graphql asks for it.</summary>
public sealed record KeyEvent(long Position, DateTimeOffset Time, string Kind, Actor Actor, string? Run, string? RunName,
    string? Use, string? Step, DateTimeOffset? Until, string? Reason, bool? Ok, string? Successor, string? Detail)
{
    /// <summary>What is known of it, in a line.</summary>
    internal string About => string.Join(", ", new[]
    {
        Use is null ? null : Words.Of(Use), Step is null ? null : $"step {Step}", RunName is null ? null : $"run {RunName}",
        Until is null ? null : $"until {Print.Time(Until)}", Reason, Ok switch { true => "passed", false => "failed", _ => null },
        Detail?.ReplaceLineEndings("; "),
    }.OfType<string>());
}

/// <summary><c>portal key</c>: what happened to a key.</summary>
public static class KeyHistoryCommands
{
    private const int Page = 200;

    /// <summary>The command.</summary>
    public static Command Make() => new("key", "What happened to a key, and how it was") { Show(), History() };

    private static Argument<string> Named() => new("key")
    {
        Description = "Key of the credential (32 hex digits), or the machine that your own key is for",
    };

    private static Command Show()
    {
        var (key, at) = (Named(), PastCommands.At());
        at.Required = true;
        return new Command("show", "A key as it was") { key, at }.Does(async (parsed, portal, cancel) =>
            await ThingAt.ShowAsync(parsed, portal, "CredentialAt", await IdAsync(portal, parsed.GetValue(key)!, cancel),
                parsed.GetValue(at)!, cancel));
    }

    private static Command History()
    {
        var key = Named();
        var limit = new Option<int>("--limit", "-n") { Description = "How many at most", DefaultValueFactory = _ => 100 };
        return new Command("history", "What happened to a key, newest first") { key, limit }
            .Does(async (parsed, portal, cancel) =>
        {
            var most = parsed.GetValue(limit) is > 0 and var number ? number
                : throw new UsageException("--limit takes a number above 0.");
            var id = await IdAsync(portal, parsed.GetValue(key)!, cancel);
            var found = await portal.ListAsync<KeyEvent>(new("Past", "CredentialHistory"),
                after => new { id, first = Math.Min(most, Page), after }, cancel).Take(most).ToListAsync(cancel);
            parsed.Show(found, () => Print.Table(found, ("position", one => $"{one.Position}"),
                ("recorded", one => Print.Time(one.Time)),
                ("what", one => Words.Of(one.Kind)), ("about", one => one.About),
                    ("by", one => $"{one.Actor.Door} {one.Actor.Id}")));
            return ExitCode.Well;
        });
    }

    private static async Task<string> IdAsync(PortalClient portal, string given, CancellationToken cancel)
    {
        if (GlobalId.Of("Credential", given) is { } id) return id;
        var machine = await portal.MachineIdAsync(given, cancel);
        var found = await portal.AskAsync<Machine>(MachineCommands.Operation("ShowMachine"), new { id = machine }, cancel);
        return found.Credential?.Id ?? throw new RefusedException([new("NOT_FOUND", $"You have no key on {found.Name}.",
            Advice: "Give the key's own key: 32 hex digits, in the address of its page.")]);
    }
}
