using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Leases;

/// <summary>A lease that holds, as Leases.graphql asks for it.</summary>
public sealed record Lease(
    LeasedRun Run, DateTimeOffset? Since, DateTimeOffset? Until, bool Attended, int Uses, DateTimeOffset? LastUsedAt);

/// <summary>The run that may use the key.</summary>
public sealed record LeasedRun(string Key, string Name, string MachineName);

/// <summary>The run whose lease was revoked.</summary>
public sealed record RevokedRun(string Key);

/// <summary>Who asks, with a page of their leases.</summary>
public sealed record Viewer(Connection<Lease> Leases);

/// <summary><c>portal lease</c>: where one's keys may be used now.</summary>
public static class LeaseCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("lease", "Where your keys may be used now, and the end of that") { List(), Revoke() };

    private static Command List() => new Command("list", "The leases of your keys that hold").Does(async (parsed, portal,
        cancel) =>
    {
        var leases = await portal.ListAsync<Viewer, Lease>(
            new("Leases", "ListLeases"), after => new { after }, viewer => viewer.Leases, cancel).ToListAsync(cancel);
        parsed.Show(leases, () => Print.Table(leases, ("run", l => l.Run.Key), ("name", l => l.Run.Name),
            ("machine", l => l.Run.MachineName), ("since", l => Print.Time(l.Since)), ("until", l => Print.Time(l.Until)),
            ("attended", l => l.Attended ? "yes" : "no"), ("uses", l => l.Uses.ToString(CultureInfo.InvariantCulture)),
            ("last used", l => Print.Time(l.LastUsedAt))));
        return ExitCode.Well;
    });

    private static Command Revoke()
    {
        var run = new Argument<string?>("run") { Description = "Key of the run", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Of all your runs" };
        var command = new Command("revoke", "Take your key back from a run, or from all; they wait for your token") { run, all };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var given = parsed.GetValue(run);
            if (parsed.GetValue(all) == given is not null) throw new UsageException("Name a run, or say --all.");
            if (given is null)
            {
                var count = (await portal.ChangeAsync<JsonDocument>(new("Leases", "RevokeLeases"), new { }, cancel))
                    .RootElement.GetInt32();
                parsed.Show(new { revoked = count }, () => Print.Fields(("Revoked", $"{count}")));
                return ExitCode.Well;
            }
            var id = GlobalId.Of("Run", given)
                ?? throw new UsageException($"{given} is no key of a run; see `portal lease list`.");
            var revoked = await portal.ChangeAsync<RevokedRun>(new("Leases", "RevokeLease"), new { id }, cancel);
            parsed.Show(revoked, () => Print.Fields(("Revoked", revoked.Key)));
            return ExitCode.Well;
        });
    }
}
