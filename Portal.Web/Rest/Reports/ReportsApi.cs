using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Web.Composition;
using Portal.Web.Reports;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Reports;

/// <summary>What a report is asked for.</summary>
public sealed record ReportRequest
{
    /// <summary>The project.</summary>
    [FromQuery(Name = "project"), Description("Id of the project; all of the installation when left out, for its auditors.")]
    public Id<Project>? Project { get; init; }

    /// <summary>A machine.</summary>
    [FromQuery(Name = "machine"), Description("Only runs on this machine.")]
    public Id<Machine>? Machine { get; init; }

    /// <summary>A person.</summary>
    [FromQuery(Name = "person"), Description("Only runs of this person.")]
    public Id<User>? Person { get; init; }

    /// <summary>The first month.</summary>
    [FromQuery(Name = "from"), Description("The first month, such as 2026-01; eleven before the last when left out.")]
    public string? From { get; init; }

    /// <summary>The last month.</summary>
    [FromQuery(Name = "until"), Description("The last month; the present one when left out.")]
    public string? Until { get; init; }

    /// <summary>What makes a row.</summary>
    [FromQuery(Name = "by"), Description("What makes a row: Month, Project, Machine or Person; once for each. Month when left out.")]
    public ReportBy[]? By { get; init; }

    internal UsageReport Asked => new(Project, Machine, Person, From, Until, By);
}

/// <summary>A report.</summary>
/// <param name="From">Its first month.</param>
/// <param name="Until">Its last month.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Total">All of it as one row.</param>
public sealed record ReportBody(string From, string Until, IReadOnlyList<ReportRow> Rows, ReportRow Total);

/// <summary>A row of a report; times are seconds.</summary>
public sealed record ReportRow(string? Month, Id<Project>? Project, string? ProjectName, Id<Machine>? Machine, string? MachineName,
    Id<User>? Person, string? PersonName, long Runs, long Succeeded, long Failed, long Cancelled, long UnderWay, double CoreHours,
    long Bytes, double? QueuedMedian, double? QueuedP95, double? RanMedian, double? RanP95, IReadOnlyList<ReportFailure> Failures,
    [property: Description("The runs and the events that its figures were folded from.")] ReportLinks Links);

/// <summary>Reports.</summary>
public static class ReportsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapReports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/reports").WithTags("Reports");
        group.MapGet("/usage", Show).WithSummary("What was used: runs, outcomes, core hours, bytes, times, failures.")
            .WithName("usageReport").Produces<ReportBody>()
            .WithDescription("Runs count for the month in which they were submitted, UTC. Takes the permission to read events.");
        group.MapGet("/usage.csv", File).WithSummary("The same as CSV (RFC 4180).").WithName("usageReportCsv")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<IResult> Show(HttpContext context, [AsParameters] ReportRequest request, UsageReportHandler reports,
        IPeople people, CancellationToken cancel)
    {
        var made = await reports.HandleAsync(RestCaller.Of(context), request.Asked, cancel);
        if (!made.Ok) return Refusals.Refuse(made.Problems);
        var names = await people.NamesAsync([.. made.Value.Rows.Select(row => row.Person).OfType<Id<User>>()], cancel);
        return TypedResults.Ok(new ReportBody(made.Value.Asked.From!, made.Value.Asked.Until!,
            [.. made.Value.Rows.Select(row => Body(made.Value, row, names))], Body(made.Value, made.Value.Total, names)));
    }

    private static async Task<IResult> File(HttpContext context, [AsParameters] ReportRequest request, UsageReportHandler reports,
        IPeople people, PortalSettings settings, CancellationToken cancel)
    {
        var made = await reports.HandleAsync(RestCaller.Of(context), request.Asked, cancel);
        return made.Ok ? await ReportFiles.FileAsync(made.Value, people, settings, cancel) : Refusals.Refuse(made.Problems);
    }

    private static ReportRow Body(MadeReport made, UsageRow row, IReadOnlyDictionary<Id<User>, string> people) => new(
        row.Month, row.Project, row.Project is { } project ? made.ProjectNames.GetValueOrDefault(project) : null,
        row.Machine, row.Machine is { } machine ? made.MachineNames.GetValueOrDefault(machine) : null,
        row.Person, row.Person is { } person ? people.GetValueOrDefault(person) : null,
        row.Runs, row.Succeeded, row.Failed, row.Cancelled, row.UnderWay, row.CoreHours, row.Bytes,
        row.Queued?.Median.TotalSeconds, row.Queued?.P95.TotalSeconds, row.Ran?.Median.TotalSeconds, row.Ran?.P95.TotalSeconds,
        [.. row.Failures.Select(failure => ReportFailure.Of(made, row, failure))], ReportLinks.Of(made, row));
}
