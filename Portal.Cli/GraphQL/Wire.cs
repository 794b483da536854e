using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>How records travel. What the schema says is not null is not null in an answer either, or reading it fails.</summary>
public static class Wire
{
    /// <summary>For questions and answers, and for what is printed as JSON on one line.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The same, for people.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };
}
