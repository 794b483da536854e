using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Portal.GraphQL.Transport.Http;

// How an answer is written.
internal enum AnswerKind
{
    Json,
    GraphQLResponse,
    EventStream,
}

/// <summary>Which answer a client takes. RFC 9110, section 12.5.1; GraphQL over HTTP, "Media Types".</summary>
internal static class Accepted
{
    private static readonly (string Type, AnswerKind Kind)[] Known =
    [
        ("application/json", AnswerKind.Json),
        ("application/graphql-response+json", AnswerKind.GraphQLResponse),
        ("text/event-stream", AnswerKind.EventStream),
    ];

    /// <summary>The best of what is taken; null if there is nothing that can be answered.</summary>
    public static AnswerKind? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || accept.All(string.IsNullOrWhiteSpace))
        {
            return AnswerKind.Json;
        }
        if (!MediaTypeHeaderValue.TryParseList(accept, out var taken))
        {
            return null;
        }
        AnswerKind? best = null;
        var (quality, place) = (0.0, int.MaxValue);
        foreach (var (type, kind) in Known)
        {
            var (q, at) = Weigh(taken, type);
            if (q > quality || (q > 0 && q == quality && at < place))
            {
                (best, quality, place) = (kind, q, at);
            }
        }
        return best;
    }

    // What says it most precisely counts; of equals, what the client named first.
    private static (double Quality, int Place) Weigh(IList<MediaTypeHeaderValue> taken, string type)
    {
        var (quality, precision, place) = (0.0, 0, int.MaxValue);
        for (var i = 0; i < taken.Count; i++)
        {
            var range = taken[i];
            var precise = range.MatchesAllTypes ? 1
                : range.MatchesAllSubTypes && type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) ? 2
                : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) && IsUtf8(range.Charset) ? 3
                : 0;
            if (precise > precision)
            {
                (quality, precision, place) = (range.Quality ?? 1, precise, i);
            }
        }
        return (quality, place);
    }

    public static bool IsUtf8(StringSegment charset) =>
        !charset.HasValue || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
