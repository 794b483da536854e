using System.Collections.Concurrent;

namespace Portal.Domain.Common;

/// <summary>Says which of many notes are worth writing: of the same of one source one a minute, and of all of a source's at most so
/// many. Whoever hammers fills no log. Each node counts for itself.</summary>
/// <typeparam name="TSource">Who, or from where.</typeparam>
/// <typeparam name="TNote">What of them.</typeparam>
/// <param name="mostAMinute">Most that is noted of one source in a minute.</param>
public sealed class Sparing<TSource, TNote>(int mostAMinute)
    where TSource : notnull
{
    private const int MostSources = 10_000;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TSource, Noted> sources = new();

    /// <summary>Whether this one is to be noted.</summary>
    public bool Take(TSource source, TNote note, DateTimeOffset now)
    {
        if (sources.Count >= MostSources) sources.Clear();
        return sources.GetOrAdd(source, _ => new()).Add(note, now, mostAMinute);
    }

    private sealed class Noted
    {
        private readonly HashSet<TNote> known = [];
        private DateTimeOffset until;

        public bool Add(TNote one, DateTimeOffset now, int most)
        {
            lock (known)
            {
                if (now >= until)
                {
                    known.Clear();
                    until = now + Span;
                }
                return known.Count < most && known.Add(one);
            }
        }
    }
}
