using System.Globalization;
using System.Text;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// What both sides are asked. The kinds, and what is answered to each, are in npm/reference.js: <c>syntax</c> and
/// <c>validate</c> of a document, <c>schema</c>, and <c>execute</c>, which reads fields off the data by their names.
/// </summary>
public sealed record ReferenceCase(string Kind, string? Schema, string? Document = null)
{
    /// <summary>Of what fields are read, as <see cref="Fuzz.DataGenerator"/> makes it, as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>Values of variables, as JSON.</summary>
    public string? Variables { get; init; }

    /// <summary>Which of the document's operations; null if there is only one.</summary>
    public string? Operation { get; init; }

    /// <summary>On one line and in ASCII: half a surrogate pair comes through as well, which no serializer lets pass.</summary>
    public string ToJson()
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in new[]
        {
            ("kind", Kind), ("schema", Schema), ("document", Document), ("operation", Operation),
        })
        {
            if (value is not null)
            {
                json.Append(json.Length > 1 ? "," : "").Append('"').Append(name).Append("\":\"");
                foreach (var c in value)
                {
                    _ = c is < ' ' or '"' or '\\' or > '~'
                        ? json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                        : json.Append(c);
                }
                json.Append('"');
            }
        }
        foreach (var (name, value) in new[] { ("data", Data), ("variables", Variables) })
        {
            _ = value is null ? json : json.Append(CultureInfo.InvariantCulture, $",\"{name}\":{value}");
        }
        return json.Append('}').ToString();
    }
}
