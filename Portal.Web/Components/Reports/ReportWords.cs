using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Reports;

/// <summary>The rows and numbers of reports in words.</summary>
public static class ReportWords
{
    /// <summary>What a row is of: what tells it from others, and its name.</summary>
    /// <param name="report">The report.</param>
    /// <param name="row">The row.</param>
    /// <param name="people">Names of its people.</param>
    public static (string Key, string Word) Name(MadeReport report, UsageRow row, IReadOnlyDictionary<Id<User>,
        string> people) => row switch
    {
        { Month: { } month } => (month, month),
        { Project: { } project } => ($"{project}", report.ProjectNames.GetValueOrDefault(project, "a project")
            + (report.Owners.TryGetValue(project, out var owner) ? $" of {people.NameOf(owner)}" : "")),
        { Machine: { } machine } => ($"{machine}", report.MachineNames.GetValueOrDefault(machine, "a machine")),
        { Person: { } person } => ($"{person}", people.NameOf(person)),
        _ => ("", ""),
    };

    /// <summary>Hours with as many digits as help.</summary>
    public static string Hours(double hours) =>
        hours.ToString(hours < 10 ? "0.##" : hours < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>A time, or a dash.</summary>
    public static string Time(TimeSpan? span) => span is { } some ? Format.Duration(some) : "–";

    /// <summary>What half of the runs stayed within, and 95 of 100; or a dash.</summary>
    public static string Spread(Spread? spread) => spread is null ? "–" : $"{Time(spread.Median)} · {Time(spread.P95)}";
}
