using System.Net;
using System.Text;
using System.Text.Json;

namespace Portal.Cli.Http;

/// <summary>The portal refused: its problem details (RFC 9457) as text.</summary>
public sealed class RefusedException(HttpStatusCode status, string code, string message) : Exception(message)
{
    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The first problem's code.</summary>
    public string Code { get; } = code;

    /// <summary>Reads a refusal; an answer that is none becomes one all the same.</summary>
    public static async Task<RefusedException> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return new(answer.StatusCode, "REFUSED", $"The portal answered {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
        var text = new StringBuilder();
        foreach (var problem in body.RootElement.GetProperty("errors").EnumerateArray())
        {
            if (text.Length > 0) text.AppendLine();
            var (line, column, field) = (problem.Text("line"), problem.Text("column"), problem.Text("field"));
            if (line.Length > 0) text.Append($"line {line}{(column.Length > 0 ? $", column {column}" : "")}: ");
            else if (field.Length > 0) text.Append($"{field}: ");
            text.Append(problem.Text("message"));
            if (problem.Text("advice") is { Length: > 0 } advice) text.Append(' ').Append(advice);
        }
        return new(answer.StatusCode, body.RootElement.Text("code"), text.ToString());
    }
}
