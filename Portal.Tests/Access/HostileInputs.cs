using System.Text.Json.Nodes;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Types;

namespace Portal.Tests.Access;

/// <summary>What came of a string.</summary>
/// <param name="Fault">What went wrong; null where nothing did.</param>
/// <param name="Refused">Whether it was refused: then nothing may have come of it.</param>
public readonly record struct HostileAnswer(string? Fault, bool Refused);

/// <summary>One place where somebody can put a string.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="SendAsync">Puts one there.</param>
/// <param name="Dear">Whether each costs as much as a password does: then it gets fewer.</param>
public sealed record HostileInput(
    string Name, Func<HostileGround, string, CancellationToken, Task<HostileAnswer>> SendAsync, bool Dear = false);

/// <summary>What is asked with where the string is not, and what came of it.</summary>
internal static class HostileInputs
{
    // What is asked with where the string is not: good enough that the string is what is looked at.
    private static readonly Dictionary<string, string> Good = new()
    {
        ["name"] = "good", ["host"] = "127.0.0.1", ["user"] = "u", ["workFolder"] = "/w", ["url"] = "ftp://127.0.0.1:9/x",
        ["address"] = "nobody@example.org", ["text"] = "portal: 1\nname: w\ntitle: W\nsteps:\n  - { id: a, command: echo }\n",
        ["secret"] = "portal_inv_x", ["code"] = "BCDF-GHJK", ["client"] = "c", ["hash"] = new string('a', 64),
        ["comment"] = "c", ["description"] = "portal: 1\nname: w\ntitle: W\nsteps:\n  - { id: a, command: echo }\n",
    };

    /// <summary>What an answer of HTTP tells; 502 is that of who asks others who are not there.</summary>
    public static HostileAnswer Of(HttpResponseMessage answer, string text) => new(
        (int)answer.StatusCode is < 500 or 502 && !text.Contains("\"INTERNAL\"", StringComparison.Ordinal) ? null : $"{(int)answer.StatusCode} {text}",
        (int)answer.StatusCode >= 400);

    /// <summary>A string as a header can have it: what no client can send in one at all is left out.</summary>
    public static string InHeader(string hostile) => hostile.ReplaceLineEndings(" ").Replace('\0', ' ');

    /// <summary>Whether a type takes texts.</summary>
    public static bool IsText(NamedType type) => type is ScalarType && type.Name is not ("Int" or "Float" or "Boolean" or "Long");

    /// <summary>From an input type to each string in it.</summary>
    public static IEnumerable<IReadOnlyList<string>> Strings(InputObjectType type) => type.Fields.SelectMany(field =>
        field.Type.Named is InputObjectType inner ? Strings(inner).Select(path => (IReadOnlyList<string>)[field.Name, .. path])
        : IsText(field.Type.Named) ? [[field.Name]] : []);

    /// <summary>An input with a string at a place, and with what is good elsewhere.</summary>
    public static JsonNode? Build(InputObjectType type, IReadOnlyList<string> path, string hostile, HostileGround at)
    {
        var made = new JsonObject();
        foreach (var field in type.Fields)
        {
            var here = path.Count > 0 && path[0] == field.Name;
            // A run is of a workflow or of a description: what is not required in itself, though one of them is.
            if (!here && !field.IsRequired && (field.Name != "description" || path is ["workflow"])) continue;
            var value = field.Type.Named is InputObjectType inner ? Build(inner, here ? [.. path.Skip(1)] : [], hostile, at)
                : here ? JsonValue.Create(hostile) : Value(field.Type.Named, field.Name, type.Name, at);
            made[field.Name] = field.Type.Nullable is ListType ? new JsonArray(value) : value;
        }
        return made;
    }

    private static JsonNode Value(NamedType type, string name, string of, HostileGround at) => type switch
    {
        EnumType words => JsonValue.Create(words.Values[0].Name),
        { Name: "ID" } => JsonValue.Create(IdOf(name, of, at)),
        { Name: "Int" or "Float" or "Long" } => JsonValue.Create(1),
        { Name: "Boolean" } => JsonValue.Create(false),
        _ => JsonValue.Create(GoodFor(name, at) ?? "good"),
    };

    /// <summary>What is good under a name; null where nothing is known.</summary>
    public static string? GoodFor(string name, HostileGround at) => name switch
    {
        "securityToken" => at.SecurityToken,
        "machine" => at.Things["Machine"],
        _ => Good.GetValueOrDefault(name),
    };

    // `machine: ID!` is a machine's; `id: ID!` that of what the input is called for.
    private static string IdOf(string name, string of, HostileGround at)
    {
        var type = at.Things.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? at.Things.Keys.FirstOrDefault(known => of.Contains(known, StringComparison.OrdinalIgnoreCase)) ?? "Run";
        return new GlobalId(type, at.Things[type]).ToString();
    }

    /// <summary>A good value as a document has it.</summary>
    public static string Literal(GraphType type, string name, string of, HostileGround at) =>
        (type.Nullable is ListType ? new JsonArray(Value(type.Named, name, of, at)) : Value(type.Named, name, of, at)).ToJsonString();
}
