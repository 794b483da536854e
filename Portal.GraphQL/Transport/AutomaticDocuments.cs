using System.Security.Cryptography;
using System.Text;

namespace Portal.GraphQL.Transport;

/// <summary>
/// Documents that clients sent with their SHA-256, by that hash. What came first is forgotten first. Automatic persisted
/// queries, as Apollo's clients speak them.
/// </summary>
internal sealed class AutomaticDocuments(int capacity)
{
    private const int LongestKept = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public string? Find(string hash)
    {
        lock (_gate)
        {
            return _texts.GetValueOrDefault(hash);
        }
    }

    public void Keep(string hash, string text)
    {
        if (capacity <= 0 || text.Length > LongestKept)
        {
            return;
        }
        lock (_gate)
        {
            if (!_texts.TryAdd(hash, text))
            {
                return;
            }
            _order.Enqueue(hash);
            if (_order.Count > capacity)
            {
                _texts.Remove(_order.Dequeue());
            }
        }
    }

    public static bool IsHashOf(string hash, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == hash;
}
