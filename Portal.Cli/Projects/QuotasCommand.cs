using System.CommandLine;
using System.Globalization;
using Portal.Cli.Output;

namespace Portal.Cli.Projects;

/// <summary><c>portal project quotas</c>.</summary>
public static class QuotasCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var project = ProjectCommands.Named();
        return new Command("quotas", "What a project uses, and how much it may") { project }.Does(async (parsed, portal,
            cancel) =>
        {
            var id = await ProjectCommands.IdAsync(portal, parsed.GetValue(project)!, cancel);
            var quotas = (await portal.AskAsync<ProjectQuotas>(new("Projects", "ShowQuotas"), new { id }, cancel)).Quotas
                ?? throw new UsageException("There is no such project.");
            parsed.Show(quotas, () => Print.Fields(
                ("Runs at a time", Of(Number(quotas.Runs), quotas.RunLimit is { } runs ? Number(runs) : null)),
                ("Core hours this month", Of(Number(quotas.CoreHours + quotas.CoreHoursAsked),
                    quotas.CoreHourLimit is { } hours ? Number(hours) : null)),
                ("asked for by runs under way", quotas.CoreHoursAsked > 0 ? Number(quotas.CoreHoursAsked) : null),
                ("Moved this month", Of(Print.Bytes(quotas.Bytes), quotas.ByteLimit is { } bytes ? Print.Bytes(bytes) : null)),
                ("Next month", $"{quotas.Turns:u}")));
            return ExitCode.Well;
        });
    }

    private static string Of(string used, string? limit) => limit is null ? $"{used}, no limit" : $"{used} of {limit}";

    private static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
