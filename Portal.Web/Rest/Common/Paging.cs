using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Web.Rest.Common;

/// <summary>What every list takes.</summary>
public sealed record ListRequest
{
    /// <summary>The project; the caller's personal one where none is given.</summary>
    [FromQuery(Name = "project"), Description("Id of the project; your personal one when left out.")]
    public Id<Project>? Project { get; init; }

    /// <summary>What to sort by.</summary>
    [FromQuery(Name = "sort"), Description("Field to sort by; with a dash before it, largest first.")]
    public string? Sort { get; init; }

    /// <summary>How many.</summary>
    [FromQuery(Name = "limit"), Description("How many, 1 to 200; 50 when left out.")]
    public int? Limit { get; init; }

    /// <summary>Where to go on.</summary>
    [FromQuery(Name = "cursor"), Description("Where the page before ended: its `next`, or its Link header.")]
    public string? Cursor { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The things, in order.</param>
/// <param name="Next">Cursor for the page after this one; null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Lists as pages.</summary>
public static class Paging
{
    /// <summary>The query for a list, or what is wrong with the request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="sortable">Fields that may be sorted by, and their columns; the first one is taken when nothing is
    /// said.</param>
    /// <param name="descending">Whether the largest comes first when nothing is said.</param>
    /// <param name="where">Conditions.</param>
    public static Result<DocumentQuery> Query(
        ListRequest request, IReadOnlyList<(string Field, string Column)> sortable, bool descending,
        params IEnumerable<Condition?> where)
    {
        if (request.Limit is < 1 or > 200) return Problem.Invalid("limit", "A page has 1 to 200 entries.");
        var (column, down) = (sortable[0].Column, descending);
        if (request.Sort is { Length: > 0 } sort)
        {
            down = sort[0] == '-';
            var field = sort.TrimStart('-');
            column = sortable.FirstOrDefault(known => known.Field == field).Column;
            if (column is null)
                return Problem.Invalid("sort", $"This list cannot be sorted by {field}.",
                    $"By one of {string.Join(", ", sortable.Select(known => known.Field))}.");
        }
        return new DocumentQuery([.. where.OfType<Condition>()], column, down, request.Limit ?? 50, After: request.Cursor);
    }

    /// <summary>A condition where a value was given.</summary>
    public static Condition? Where(string column, string? value, Comparison comparison = Comparison.Equal) =>
        value is null ? null : new(column, comparison, value);

    /// <summary>The page as an answer, with a Link header (RFC 8288) to the next one.</summary>
    public static IResult Answer<T, TBody>(HttpContext context, Result<DocumentPage<T>> page, Func<T, TBody> body) =>
        page.Answered(found =>
        {
            return (IResult)TypedResults.Ok(Linked(context, new Page<TBody>([.. found.Items.Select(body)], found.Next)));
        });

    /// <summary>The page, with a Link header to the one after it (RFC 8288).</summary>
    public static Page<TBody> Linked<TBody>(HttpContext context, Page<TBody> page)
    {
        if (page.Next is not { } next) return page;
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value);
        query["cursor"] = next;
        context.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(context.Request.Path, query)}>; rel=\"next\"";
        return page;
    }
}
