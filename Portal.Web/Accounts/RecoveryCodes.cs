using System.Security.Cryptography;

namespace Portal.Web.Accounts;

/// <summary>Codes for who has lost the other factors: each is good once.</summary>
public static class RecoveryCodes
{
    /// <summary>How many are made at once.</summary>
    public const int Count = 10;

    // 32 signs that nobody mistakes for another.
    private const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>New ones: 80 random bits each, in four groups.</summary>
    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ =>
        string.Join('-', RandomNumberGenerator.GetString(Signs, 16).Chunk(4).Select(group => new string(group))))];

    /// <summary>A code as it is compared: however it was typed.</summary>
    public static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
