using System.ComponentModel.DataAnnotations;

namespace Portal.Domain.Common;

/// <summary>What a mail address given by a person may be.</summary>
public static class MailAddress
{
    /// <summary>Most characters (RFC 5321, 4.5.3.1.3, without the angle brackets).</summary>
    public const int Longest = 254;

    private static readonly EmailAddressAttribute Form = new();

    /// <summary>Whether it is one: one line, no blanks, something on both sides of one at-sign.</summary>
    public static bool IsGood(string address) => address.Length <= Longest && !address.Any(char.IsWhiteSpace)
        && !address.Any(char.IsControl) && Form.IsValid(address);
}
