using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Web.Rest.Common;
using Portal.Web.Rest.Runs;

namespace Portal.Web.Rest.Audit;

/// <summary>The moment at which a thing is looked at: exactly one of version, position and time.</summary>
public sealed record PastRequest
{
    /// <summary>As a version.</summary>
    [FromQuery(Name = "version"), Description("After so many of its own events, from 1.")]
    public long? Version { get; init; }

    /// <summary>As a position.</summary>
    [FromQuery(Name = "position")]
    [Description("After the event at this place in the order of all, or the last of its own before it.")]
    public long? Position { get; init; }

    /// <summary>As a time.</summary>
    [FromQuery(Name = "time")]
    [Description("After the last of its events that was recorded at this time or before it (RFC 3339).")]
    public DateTimeOffset? Time { get; init; }

    /// <summary>The version that it is held against.</summary>
    [FromQuery(Name = "since"), Description("The version that it is held against; the one before when left out.")]
    public long? Since { get; init; }

    /// <summary>Whether what is the same is wanted too.</summary>
    [FromQuery(Name = "all"), Description("Whether what is the same stands among the differences, too.")]
    public bool? All { get; init; }

    /// <summary>Asks for the thing, and shows it; or why there is no such moment.</summary>
    /// <param name="find">Asks the handler.</param>
    /// <param name="past">Finds the other moment.</param>
    /// <param name="what">What it is, as it stands in the refusal: <c>run</c>.</param>
    /// <param name="traits">What can be said about it.</param>
    /// <param name="show">How it is shown.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<IResult> AnswerAsync<TState, TBody>(Func<Moment, Task<Result<AsItWas<TState>>>> find, Past past,
        string what, Func<TState, IReadOnlyList<Trait>> traits, Func<AsItWas<TState>, TBody> show, CancellationToken cancel)
        where TState : class, IAggregate<TState>
    {
        var found = await find(new(Version, Position, Time));
        if (found.Problems is { } problems) return Refuse(problems);
        var (then, before) = (found.Value!, found.Value!.Before);
        if (Since is { } since)
        {
            var other = await past.FindAsync<TState>(then.Events, new(Version: since), what, cancel);
            if (!other.Ok) return Refusals.Refuse([.. other.Problems.Select(problem => problem with { Field = "since" })]);
            before = other.Value.State;
        }
        return TypedResults.Ok(new PastBody<TBody>(then.Version, then.Latest, EventBody.Of(then.Event), show(then),
            [.. Differences.Of(traits(before), traits(then.State), All ?? false).Select(DifferenceBody.Of)]));
    }

    // Handlers know the moment as a field of its own; here its parts are asked for one by one.
    private static IResult Refuse(IReadOnlyList<Problem> problems) => Refusals.Refuse([.. problems.Select(problem =>
        problem.Field is { } field && field.StartsWith("at", StringComparison.Ordinal)
            ? problem with { Field = field.Length > 3 ? field[3..] : null } : problem)]);
}
