using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>Why the portal did not do something: an error of a payload, of a whole answer, or of a problem document (RFC
/// 9457).</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">The input that it is about.</param>
/// <param name="Line">Line in the text given, from 1.</param>
/// <param name="Column">Column in that line, from 1.</param>
/// <param name="Advice">What to do.</param>
public sealed record Refusal(
    string Code, string Message, string? Field = null, int? Line = null, int? Column = null, string? Advice = null)
{
    /// <summary>One line for people: place, what is wrong, what to do, code.</summary>
    public override string ToString()
    {
        var place = (Line, Column, Field) switch
        {
            ({ } line, { } column, _) => $"line {line}, column {column}: ",
            ({ } line, null, _) => $"line {line}: ",
            (null, _, { } field) => $"{field}: ",
            _ => "",
        };
        return $"{place}{Message}{(Advice is null ? "" : $" {Advice}")} ({Code})";
    }

    /// <summary>Reads an entry of <c>errors</c>. GraphQL keeps all but the message in <c>extensions</c> (specification,
    /// September 2025, section 7.1.6).</summary>
    internal static Refusal Of(JsonElement error)
    {
        var more = error.TryGetProperty("extensions", out var extensions) ? extensions : error;
        return new(Text(more, "code") ?? "REFUSED", Text(error, "message") ?? "The portal did not say why.", Text(more, "field"),
            Number(more, "line"), Number(more, "column"), Text(more, "advice"));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
