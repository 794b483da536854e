using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>How a project stands to its quotas.</summary>
/// <param name="Project">The project.</param>
/// <param name="Said">What administrators set of it; null is left to the installation.</param>
/// <param name="Limits">What holds; null is no limit.</param>
/// <param name="Runs">Runs that have not ended.</param>
/// <param name="CoreHours">Core hours of the steps that ended this month.</param>
/// <param name="CoreHoursAsked">Core hours that runs under way may still use.</param>
/// <param name="Bytes">Bytes of the files that arrived this month.</param>
/// <param name="Month">The first moment of this month, UTC.</param>
public sealed record Standing(Id<Project> Project, QuotaLimits Said, QuotaLimits Limits, int Runs, double CoreHours,
    double CoreHoursAsked, long Bytes, DateTimeOffset Month)
{
    /// <summary>The code of a refusal for want of quota.</summary>
    public const string Code = "QUOTA_EXCEEDED";

    /// <summary>When the month is over, and what it counted begins anew.</summary>
    public DateTimeOffset Turns => Month.AddMonths(1);

    /// <summary>The same day for people.</summary>
    public string TurnsOn => Turns.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) + " (UTC)";

    /// <summary>Why a run is not let in now, QUOTA_EXCEEDED; null when it is. Names the quota, what is used and asked, the
    /// limit, and when that changes.</summary>
    public Problem? Refusal(Demand demand)
    {
        if (Limits.Runs is { } runs && Runs >= runs)
        {
            return Exceeded("runs",
                $"The project may have {Of(runs, "run")} at a time; {Runs} {(Runs == 1 ? "is" : "are")} under way, "
                + "1 more is asked for.", "A place is free when one of them ends.");
        }
        var asked = demand.CoreSeconds / 3600;
        if (Limits.CoreHours is { } hours && CoreHours + CoreHoursAsked + asked > hours)
        {
            return Exceeded("coreHours",
                $"The project may use {Of(hours, "core hour")} a month; {Number(CoreHours)} are used, runs under way "
                + $"ask for {Number(CoreHoursAsked)}, this one for {Number(asked)}.", asked > hours
                ? "It asks for more than a whole month has: give its steps shorter time limits or fewer cores."
                : $"Give its steps shorter time limits, wait for runs that use less than they asked for, or until {TurnsOn}.");
        }
        return demand.MovesFiles && Limits.Bytes is { } bytes && Bytes >= bytes
            ? Exceeded("bytes",
                $"The project may move {Number(bytes)} bytes a month; {Number(Bytes)} are moved, and this run has files to move.",
                $"The next month begins on {TurnsOn}.")
            : null;
    }

    private static Problem Exceeded(string quota, string message, string advice) =>
        new(Code, message, $"quotas.{quota}", Advice: advice + " An administrator of the portal can raise the quota.");

    private static string Of(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {word}{(count == 1 ? "" : "s")}");

    private static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <summary>Reads how projects stand to their quotas. Asks nobody: the handlers do.</summary>
public sealed class Standings(IDocuments documents, QuotaDefaults defaults, IChance chance)
{
    /// <summary>What was said of a project, and what holds.</summary>
    public async Task<(QuotaLimits Said, QuotaLimits Holds)> LimitsAsync(Id<Project> project, CancellationToken cancel)
    {
        var said = (await documents.FindAsync<QuotaView>(project.ToString(), cancel))?.Limits ?? new();
        return (said, said.Or(defaults.Limits));
    }

    /// <summary>How a project stands, and how many facts of its quota's stream that has seen.</summary>
    public async Task<(Standing Standing, long Admissions)> OfAsync(Id<Project> project, CancellationToken cancel)
    {
        var (said, holds) = await LimitsAsync(project, cancel);
        var now = chance.Now.UtcDateTime;
        var under = await documents.FindAsync<Usage>(Usage.IdOf(project), cancel);
        var month = await documents.FindAsync<Usage>(Usage.IdOf(project, now), cancel);
        return (new(project, said, holds, under?.Runs ?? 0, (month?.CoreSeconds ?? 0) / 3600, (under?.CoreSeconds ?? 0) / 3600,
            month?.Bytes ?? 0, new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero)), under?.Admissions ?? 0);
    }
}
