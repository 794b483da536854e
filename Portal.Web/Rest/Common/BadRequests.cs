using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Web.Rest.Common;

/// <summary>Says in plain words what the framework found wrong with a request before any endpoint saw it.</summary>
public static partial class BadRequests
{
    /// <summary>Status and problem of a request that could not be read.</summary>
    public static (int Status, Problem Problem) Describe(HttpContext context, BadHttpRequestException error)
    {
        if (error.StatusCode == StatusCodes.Status413PayloadTooLarge) return (error.StatusCode, TooLarge);
        if (error.InnerException is JsonException json) return OfJson(json);
        if (Unread().Match(error.Message) is { Success: true } match)
        {
            var name = Called(match.Groups[1].Value);
            // An id that cannot be one names nothing, as an unknown one does.
            return context.Request.RouteValues.ContainsKey(name)
                ? (StatusCodes.Status404NotFound,
                    new("NOT_FOUND", "There is nothing at this address.", Advice: "Ids are 32 lower-case hex digits."))
                : Invalid(Problem.Invalid(name, $"The value of {name} cannot be read."));
        }
        if (Missing().Match(error.Message) is { Success: true } missing)
            return Invalid(Problem.Invalid(Called(missing.Groups[1].Value), $"{Called(missing.Groups[1].Value)} is needed."));
        return error.Message.Contains("body", StringComparison.OrdinalIgnoreCase)
            ? (error.StatusCode, new("BODY_MISSING", "The request has no body.",
                Advice: "Send a JSON object with the header Content-Type: application/json."))
            : (error.StatusCode, new("BAD_REQUEST", "The request cannot be read."));
    }

    /// <summary>The refusal of a status that came without words.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new("UNAUTHENTICATED", "This needs somebody to be signed in."),
        StatusCodes.Status403Forbidden => new("FORBIDDEN", "This is not allowed."),
        StatusCodes.Status404NotFound =>
            new("NOT_FOUND", "There is nothing at this address.", Advice: "/openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new("METHOD_NOT_ALLOWED", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType =>
            new("UNSUPPORTED_MEDIA_TYPE", "This address does not take a body of this type.",
                Advice: "Most take Content-Type: application/json; workflows also text/yaml."),
        _ => new("REFUSED", $"The request was refused with status {status}."),
    };

    private static Problem TooLarge =>
        new("TOO_LARGE", "The body is longer than 1 MiB.", Advice: "Data travels between endpoints, not through the API.");

    private static (int Status, Problem Problem) OfJson(JsonException error)
    {
        int? line = error.LineNumber is { } row ? (int)row + 1 : null;
        int? column = error.BytePositionInLine is { } byteInLine ? (int)byteInLine + 1 : null;
        // The reader of JSON itself speaks from within; what is said outside is about well-formed JSON of a wrong shape.
        if (error.InnerException is JsonException)
            return (StatusCodes.Status400BadRequest,
                new("MALFORMED_JSON", "The body is not JSON: " + Sentence(error.Message), null, line, column));
        var field = Field(error.Path);
        if (Unmapped().Match(error.Message) is { Success: true } unknown)
            return Invalid(new("UNKNOWN_FIELD", $"There is no field {unknown.Groups[1].Value} here.",
                Joined(field, unknown.Groups[1].Value), line, column, "/openapi/v1.json lists the fields."));
        if (error.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = Quoted().Matches(error.Message[error.Message.IndexOf("including", StringComparison.Ordinal)..])
                .Select(match => match.Groups[1].Value).ToList();
            return Invalid(Problem.Invalid(Joined(field, names.FirstOrDefault() ?? ""), $"Missing: {string.Join(", ", names)}."));
        }
        if (error.Message.Contains("doesn't allow", StringComparison.Ordinal))
        {
            var name = field.Length > 0 ? field : Quoted().Match(error.Message).Groups[1].Value;
            return Invalid(Problem.Invalid(name, $"{name} may not be null."));
        }
        return Invalid(Problem.Invalid(field,
            error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
                ? $"The value of {(field.Length > 0 ? field : "the body")} has the wrong type."
                : Sentence(error.Message)));
    }

    private static (int Status, Problem Problem) Invalid(Problem problem) => (StatusCodes.Status422UnprocessableEntity, problem);

    // As the client wrote it: what is read from the query may stand in a property of ours.
    private static string Called(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Field(string? path) =>
        path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static string Joined(string field, string name) =>
        field.Length == 0 || field == name ? name
        : field.EndsWith("." + name, StringComparison.Ordinal) ? field
        : $"{field}.{name}";

    private static string Sentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    [GeneratedRegex("Failed to bind parameter \"[^\"]* (\\w+)\"")]
    private static partial Regex Unread();

    [GeneratedRegex("Required parameter \"[^\"]* (\\w+)\" was not provided from (?!body)")]
    private static partial Regex Missing();

    [GeneratedRegex("JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
