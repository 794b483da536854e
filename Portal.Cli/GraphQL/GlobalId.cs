using System.Buffers.Text;
using System.Text;

namespace Portal.Cli.GraphQL;

/// <summary>What a thing is known by in GraphQL, from what people have at hand: its key in addresses of pages, 32 hex
/// digits.</summary>
public static class GlobalId
{
    /// <summary>The global id; null when what is given is neither a key nor a global id of this type.</summary>
    /// <param name="type">The thing's type in the schema.</param>
    /// <param name="given">What a person gave.</param>
    public static string? Of(string type, string given)
    {
        if (given.Length == 32 && given.All(char.IsAsciiHexDigitLower))
            return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{type}:{given}"));
        return Base64Url.IsValid(given)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(given)).StartsWith($"{type}:", StringComparison.Ordinal)
            ? given
            : null;
    }
}
