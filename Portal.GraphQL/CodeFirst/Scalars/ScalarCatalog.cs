using System.Text.Json;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>A scalar beside the built-in ones. Specification, section 3.5.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Codec">How its values are read and written.</param>
/// <param name="Description">What its values are.</param>
/// <param name="SpecifiedBy">Where that is specified.</param>
internal sealed record ScalarEntry(string Name, ScalarCodec? Codec, string? Description = null, string? SpecifiedBy = null);

/// <summary>Which scalar a class of C# is.</summary>
internal sealed class ScalarCatalog
{
    private readonly Dictionary<Type, ScalarEntry> _byClass = new()
    {
        [typeof(string)] = new("String", null),
        [typeof(char)] = new("String", null),
        [typeof(bool)] = new("Boolean", null),
        [typeof(int)] = new("Int", null),
        [typeof(short)] = new("Int", null),
        [typeof(ushort)] = new("Int", null),
        [typeof(byte)] = new("Int", null),
        [typeof(sbyte)] = new("Int", null),
        [typeof(double)] = new("Float", null),
        [typeof(float)] = new("Float", null),
    };

    public ScalarCatalog()
    {
        var time = new ScalarEntry(
            "DateTime", TextScalars.DateTime, "A point in time with its offset: `2026-01-02T03:04:05Z`.",
            "https://scalars.graphql.org/andimarek/date-time");
        var whole = new ScalarEntry("Long", new LongScalar(), "A whole number of 64 bits.");
        Add(time, typeof(DateTimeOffset));
        Add(whole, typeof(long), typeof(uint), typeof(ulong));
        Add(new ScalarEntry("Decimal", new DecimalScalar(), "An exact number."), typeof(decimal));
        Add(new ScalarEntry("Date", TextScalars.Date, "A day: `2026-01-02`."), typeof(DateOnly));
        Add(new ScalarEntry("Duration", TextScalars.Duration, "A span of time as in ISO 8601: `PT1H30M`."), typeof(TimeSpan));
        Add(new ScalarEntry(
            "UUID", TextScalars.Uuid, "An identifier of 128 bits.", "https://www.rfc-editor.org/rfc/rfc9562"), typeof(Guid));
        Add(new ScalarEntry("URL", new UrlScalar(), "An address.", "https://www.rfc-editor.org/rfc/rfc3986"), typeof(Uri));
        var json = new ScalarEntry("JSON", new JsonScalar(), "Any JSON.", "https://www.rfc-editor.org/rfc/rfc8259");
        Add(json, typeof(JsonElement), typeof(object));
        Add(new ScalarEntry(
            "Upload", new UploadScalar(), "A file of a multipart request.",
            "https://github.com/jaydenseric/graphql-multipart-request-spec"), typeof(IUpload));
    }

    public void Add(ScalarEntry entry, params ReadOnlySpan<Type> classes)
    {
        foreach (var one in classes)
        {
            _byClass[one] = entry;
        }
    }

    public ScalarEntry? Find(Type type) => _byClass.GetValueOrDefault(type);

    public ScalarEntry? Find(string name) => _byClass.Values.FirstOrDefault(entry => entry.Name == name);
}
