using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;
using Portal.Web.Reports;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Which events are looked for; all conditions that are given must hold.</summary>
/// <param name="From">Only those recorded at this time or later.</param>
/// <param name="Until">Only those recorded before this time.</param>
/// <param name="Types">Only those of these types, such as <c>run_failed</c>.</param>
/// <param name="Actor">Only those caused by this person, access token or part of the portal, by the id in <c>actor</c>.</param>
/// <param name="Door">Only those that came by this door.</param>
/// <param name="Machine">Only those about this machine, and those of runs on it.</param>
/// <param name="Credential">Only those about this credential, and those of runs that use it.</param>
/// <param name="Run">Only those of this run.</param>
/// <param name="Report">Only those of the runs that a number of a report was folded from: <c>runsPath</c> of a row of it.</param>
/// <param name="Correlation">Only what this request led to.</param>
/// <param name="Text">Only those in whose texts or type all of these words stand, as whole words.</param>
[Name("EventSearchFilter")]
public sealed record EventSearchWhere(DateTimeOffset? From = null, DateTimeOffset? Until = null, IReadOnlyList<string>? Types = null,
    string? Actor = null, string? Door = null, [Id("Machine")] Id<Machine>? Machine = null,
    [Id("Credential")] Id<Credential>? Credential = null, [Id("Run")] Id<Run>? Run = null, string? Report = null, Guid? Correlation = null,
    string? Text = null)
{
    /// <summary>The question as handlers take it; none given asks for everything.</summary>
    /// <exception cref="GraphQLException">The report is none.</exception>
    public static EventQuestion Question(EventSearchWhere? where, Id<Project>? project) => new()
    {
        Project = project, From = where?.From, Until = where?.Until, Types = where?.Types, Actor = where?.Actor, Door = where?.Door,
        Machine = where?.Machine, Credential = where?.Credential, Run = where?.Run,
        Usage = where?.Report is { } report ? ReportAddress.ReadRuns(report).OrThrow() : null, Correlation = where?.Correlation, Text = where?.Text,
    };
}
