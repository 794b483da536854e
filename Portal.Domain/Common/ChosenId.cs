using System.Security.Cryptography;
using System.Text;

namespace Portal.Domain.Common;

/// <summary>Ids made from what a client chose, so that the same request sent twice is about the same thing.</summary>
public static class ChosenId
{
    /// <summary>The same id for the same person and key, another for every other.</summary>
    /// <typeparam name="T">What it names; the same key serves different things.</typeparam>
    /// <param name="person">Who asks.</param>
    /// <param name="key">What they chose.</param>
    public static Id<T> Of<T>(string person, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{person} {typeof(T).Name} {key}"));
        // A UUID of version 8 (RFC 9562, section 5.8): made from a name in a way of our own.
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }
}
