namespace Portal.EventStore;

/// <summary>How the database is to go about a page.</summary>
internal enum SearchWay
{
    /// <summary>As it thinks best: mostly along the order of all events until the page is full.</summary>
    Along,
    /// <summary>By the index of the conditions, and sorted then.</summary>
    ByIndex,
    /// <summary>Document by document.</summary>
    ByDocument,
}

/// <summary>In which ways a page is looked for, one after the other until it is full.</summary>
internal static class SearchWays
{
    private const long Nearest = 20_000, NearestOfSet = 4_000;

    /// <summary>The ways, each with the numbers that it goes through.</summary>
    public static IEnumerable<(NumberRange Range, SearchWay Way)> Of(EventSearch search, NumberRange range, bool newestFirst)
    {
        if (range.Empty) yield break;
        // Words that stand in many events may never stand in one: nobody can guess how many they are. Where a look at the
        // nearest is not enough they are few, and the index of words is asked. So it is with documents whose events are all long
        // ago.
        var many = search.Among is not null;
        if (many || search.Text is not null)
        {
            var near = Near(range, newestFirst, many ? NearestOfSet : Nearest);
            yield return (near, SearchWay.Along);
            if (near == range) yield break;
        }
        yield return (range, many ? SearchWay.ByDocument : search.Text is not null ? SearchWay.ByIndex : SearchWay.Along);
    }

    private static NumberRange Near(NumberRange range, bool newestFirst, long most) => newestFirst
        ? range with { First = Math.Max(range.First, range.Last - most) }
        : range with { Last = Math.Min(range.Last, range.First + most) };
}
