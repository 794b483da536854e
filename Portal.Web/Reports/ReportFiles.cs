using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Web.Accounts;
using Portal.Web.Composition;

namespace Portal.Web.Reports;

/// <summary>Reports as files, for a browser that is signed in.</summary>
public static class ReportFiles
{
    /// <summary>Maps <c>/reports/usage.csv</c>, which takes what the page takes.</summary>
    public static void MapReportFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/usage.csv", UsageAsync).RequireAuthorization();

    /// <summary>A report as a file.</summary>
    public static async Task<IResult> FileAsync(
        MadeReport report, IPeople people, PortalSettings settings, CancellationToken cancel)
    {
        var (name, text) = UsageCsv.Of(report,
            await people.NamesAsync([.. report.Rows.Select(row => row.Person).OfType<Id<User>>()], cancel),
            settings.Address.TrimEnd('/'));
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);
    }

    private static async Task<IResult> UsageAsync(
        HttpContext context, UsageReportHandler reports, IPeople people, PortalSettings settings, CancellationToken cancel)
    {
        var asked = ReportAddress.Read(context.Request.QueryString.Value ?? "");
        var made = await reports.HandleAsync(CallerFactory.Of(context, "page"), asked, cancel);
        return made.Ok ? await FileAsync(made.Value, people, settings, cancel)
            : made.Problems[0].Code is "NOT_FOUND" or "FORBIDDEN" ? TypedResults.NotFound()
            : TypedResults.Text(made.Problems[0].Message, statusCode: StatusCodes.Status422UnprocessableEntity);
    }
}
