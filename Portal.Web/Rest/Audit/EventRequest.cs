using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.Web.Reports;

namespace Portal.Web.Rest.Audit;

/// <summary>Which events are asked for; all conditions that are given must hold.</summary>
public sealed record EventRequest
{
    /// <summary>The project.</summary>
    [FromQuery(Name = "project"), Description("Id of the project; all in which you may read events when left out.")]
    public Id<Project>? Project { get; init; }

    /// <summary>The beginning of the period.</summary>
    [FromQuery(Name = "from"), Description("Only those recorded at this time or later (RFC 3339).")]
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the period.</summary>
    [FromQuery(Name = "until"), Description("Only those recorded before this time (RFC 3339).")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The types.</summary>
    [FromQuery(Name = "type"), Description("Only those of this type, such as run_failed; may be given several times.")]
    public string[]? Types { get; init; }

    /// <summary>Who caused them.</summary>
    [FromQuery(Name = "actor"), Description("Only those caused by this person, access token or part of the portal, by its id.")]
    public string? Actor { get; init; }

    /// <summary>By which door they came.</summary>
    [FromQuery(Name = "door"), Description("Only those that came by this door: page, graphql, rest, cli or worker.")]
    public string? Door { get; init; }

    /// <summary>The machine.</summary>
    [FromQuery(Name = "machine"), Description("Only those about this machine, and those of runs on it.")]
    public Id<Machine>? Machine { get; init; }

    /// <summary>The credential.</summary>
    [FromQuery(Name = "credential"), Description("Only those about this credential, and those of runs that use it.")]
    public Id<Credential>? Credential { get; init; }

    /// <summary>The run.</summary>
    [FromQuery(Name = "run"), Description("Only those of this run.")]
    public Id<Run>? Run { get; init; }

    /// <summary>The request.</summary>
    [FromQuery(Name = "correlation"), Description("Only what this request led to.")]
    public Guid? Correlation { get; init; }

    /// <summary>The words.</summary>
    [FromQuery(Name = "text"), Description("Only those in whose texts or type all of these words stand, as whole words.")]
    public string? Text { get; init; }

    /// <summary>The runs.</summary>
    [FromQuery(Name = "report"), Description("Only those of the runs that a number of a report was folded from: conditions of that "
        + "list of runs, such as from=2026-10&until=2026-10&show=failed (project, machine, person, from, until, show, failure).")]
    public string? Report { get; init; }

    /// <summary>The question as handlers take it. What is empty was not asked.</summary>
    public Result<EventQuestion> Question()
    {
        Result<UsageSlice>? usage = string.IsNullOrEmpty(Report) ? null : ReportAddress.ReadRuns(Report);
        return usage is { Ok: false } wrong ? Result.Refused<EventQuestion>(wrong.Problems) : new EventQuestion
        {
            Project = Project, From = From, Until = Until, Types = Types is { Length: > 0 } ? Types : null, Actor = Actor, Door = Door,
            Machine = Machine, Credential = Credential, Run = Run, Usage = usage?.Value, Correlation = Correlation, Text = Text,
        };
    }
}
