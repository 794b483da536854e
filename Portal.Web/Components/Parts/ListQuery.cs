using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Web.Components.Parts;

/// <summary>What a list is asked for; kept in the address:
/// <c>?q=heat&amp;phase=Running&amp;sort=-submitted&amp;page=2</c>.</summary>
/// <param name="Text">Free text, or null.</param>
/// <param name="Filters">Chosen values by the filter's key.</param>
/// <param name="Sort">Key of the column to sort by, or null for the usual order.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="Size">Rows on a page.</param>
public sealed record ListQuery(
    string? Text, IReadOnlyDictionary<string, string> Filters, string? Sort, bool Descending, int Page, int Size)
{
    /// <summary>How many rows stand before this page.</summary>
    public int Offset => (Page - 1) * Size;

    /// <summary>The chosen value of a filter, or null.</summary>
    public string? Filter(string key) => Filters.GetValueOrDefault(key);

    /// <summary>Whether anything narrows the list.</summary>
    public bool Narrowed => Text is not null || Filters.Count > 0;

    /// <summary>Reads it from an address; what makes no sense there is passed over.</summary>
    public static ListQuery From(Uri address, IEnumerable<string> filters, string? usualSort, int size)
    {
        ArgumentNullException.ThrowIfNull(address);
        var given = QueryHelpers.ParseQuery(address.Query);
        string? Value(string key) => given.TryGetValue(key, out var values) && values.ToString().Trim() is { Length: > 0 } value
            ? value : null;
        var chosen = filters.Select(key => (key, value: Value(key))).Where(pair => pair.value is not null)
            .ToDictionary(pair => pair.key, pair => pair.value!);
        var sort = Value("sort") ?? usualSort;
        var page = int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, 1_000_000) : 1;
        return new ListQuery(Value("q"), chosen, sort?.TrimStart('-'), sort is ['-', ..], page, size);
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, long Total);

/// <summary>A choice above a list.</summary>
/// <param name="Key">Its key in the address and in <see cref="ListQuery.Filters"/>.</param>
/// <param name="Label">What it is about.</param>
/// <param name="Choices">Value and word of each choice; all of them is the choice of none.</param>
public sealed record ListFilter(string Key, string Label, IReadOnlyList<(string Value, string Word)> Choices);
