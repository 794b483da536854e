using System.Collections.Concurrent;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Documents by their text. Two generations: what is asked for moves to the young one, and when that is full the old one
/// is forgotten. So it never grows beyond twice its size, and reading costs no lock.
/// </summary>
internal sealed class DocumentCache(int capacity, int longest)
{
    private ConcurrentDictionary<string, PreparedDocument> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, PreparedDocument> _old = new(StringComparer.Ordinal);
    private int _count;

    public PreparedDocument? Find(string text)
    {
        if (_young.TryGetValue(text, out var found))
        {
            return found;
        }
        if (_old.TryGetValue(text, out found))
        {
            Keep(text, found);
        }
        return found;
    }

    public void Keep(string text, PreparedDocument document)
    {
        if (text.Length > longest || capacity <= 0 || !_young.TryAdd(text, document))
        {
            return;
        }
        if (Interlocked.Increment(ref _count) >= capacity)
        {
            Interlocked.Exchange(ref _count, 0);
            _old = Interlocked.Exchange(ref _young, new(StringComparer.Ordinal));
        }
    }
}
