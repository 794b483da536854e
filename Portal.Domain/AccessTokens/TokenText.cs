using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;

namespace Portal.Domain.AccessTokens;

/// <summary>The text of an access token: a prefix that scanners of leaked secrets know, and 256 random bits as hex.</summary>
public static class TokenText
{
    /// <summary>What every token begins with.</summary>
    public const string Prefix = "portal_pat_";

    /// <summary>Longer than any token.</summary>
    public const int MaximumLength = 200;

    /// <summary>A new one.</summary>
    public static string Make(IRandomBytes random) => Prefix + Convert.ToHexStringLower(random.Next(32));

    /// <summary>SHA-256 of a token's text as lower-case hex.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
