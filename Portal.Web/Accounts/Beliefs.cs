using System.Collections.Concurrent;

namespace Portal.Web.Accounts;

/// <summary>Answers that are believed for a moment, so that what is asked at every turn costs no query each time.</summary>
/// <typeparam name="T">An answer; none is asked for anew each time.</typeparam>
/// <param name="time">Tells how long ago something was.</param>
public sealed class Beliefs<T>(TimeProvider time)
    where T : class
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (T Answer, DateTimeOffset Until)> known = new();

    /// <summary>The answer, or null where there is none.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="ask">Who knows.</param>
    public async ValueTask<T?> FindAsync(string question, Func<Task<T?>> ask)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(question, out var entry) && entry.Until > now) return entry.Answer;
        var found = await ask();
        if (known.Count >= Most) known.Clear();
        if (found is null) known.TryRemove(question, out _);
        else known[question] = (found, now + Span);
        return found;
    }
}
