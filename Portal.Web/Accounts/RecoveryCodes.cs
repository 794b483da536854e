using System.Security.Cryptography;

namespace Portal.Web.Accounts;

/// <summary>Codes for who has lost the other factors: each is good once.</summary>
public static class RecoveryCodes
{
    /// <summary>How many are made at once.</summary>
    public const int Count = 10;

    // 32 signs that nobody mistakes for another.
    private const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Signs of a code.</summary>
    public const int Length = 28;

    /// <summary>New ones: 140 random bits each, in groups of four, so that a quick hash of one tells nothing.</summary>
    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ =>
        string.Join('-', RandomNumberGenerator.GetString(Signs, Length).Chunk(4).Select(group => new string(group))))];

    /// <summary>Whether a text looks like one. Those of 16 signs were made by an older portal, and are good until others are
    /// made.</summary>
    public static bool Looks(string text) => Plain(text).Length is Length or 16 && text.Length <= 2 * Length;

    /// <summary>A code as it is compared: however it was typed.</summary>
    public static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
