using System.Buffers.Text;
using System.Collections;
using System.Globalization;
using System.Text;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.CodeFirst;

/// <summary>
/// What an object is known by in the whole schema: the name of its type and its own id, as base64url. Clients take it as it
/// is. Relay's object identification.
/// </summary>
/// <param name="Type">The name of the object in the schema.</param>
/// <param name="Id">What it is known by among its kind.</param>
public readonly record struct GlobalId(string Type, string Id)
{
    /// <summary>The code of what is no global id, or one of something else.</summary>
    public const string BadId = "BAD_ID";

    /// <summary>As clients see it.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Type}:{Id}"));

    /// <summary>Reads one. False if it is none.</summary>
    /// <param name="text">As clients see it.</param>
    /// <param name="id">What it says.</param>
    public static bool TryParse(string text, out GlobalId id)
    {
        id = default;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':', 2);
        if (parts.Length < 2 || parts[0].Length == 0)
        {
            return false;
        }
        id = new GlobalId(parts[0], parts[1]);
        return true;
    }

    // Of one thing or a list of them; null stays null.
    internal static object? EncodeValue(string type, object? value) => value switch
    {
        null => null,
        string text => new GlobalId(type, text).ToString(),
        IEnumerable items => items.Cast<object?>().Select(item => EncodeValue(type, item)).ToArray(),
        _ => new GlobalId(type, Convert.ToString(value, CultureInfo.InvariantCulture)!).ToString(),
    };

    internal static T DecodeAs<T>(string type, string text)
        where T : IParsable<T> => TryParse(text, out var id) && id.Type == type ? id.As<T>(text) : throw Refuse(text, type);

    internal static GraphQLException Refuse(string text, string? type = null) =>
        new($"\"{text}\" is no id{(type is null ? "" : $" of {type}")}.", BadId);

    internal T As<T>(string text)
        where T : IParsable<T> => T.TryParse(Id, CultureInfo.InvariantCulture, out var value) ? value : throw Refuse(text, Type);
}
