using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Rest.Common;

/// <summary>What is sent when a request is refused: problem details as RFC 9457 has them, with the portal's own
/// members.</summary>
/// <param name="Type">Always <c>about:blank</c>: the status and the code say which kind it is.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The first problem, in a sentence.</param>
/// <param name="Code">The first problem's code, which programs may rely on.</param>
/// <param name="Errors">Every problem.</param>
public sealed record Refusal(string Type, string Title, int Status, string Detail, string Code,
    IReadOnlyList<RefusalError> Errors);

/// <summary>One problem of a refusal.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">The input it is about.</param>
/// <param name="Line">Line in the text given, from 1.</param>
/// <param name="Column">Column in that line, from 1.</param>
/// <param name="Advice">What to do.</param>
public sealed record RefusalError(
    string Code, string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Column = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Advice = null);

/// <summary>Turns problems into answers.</summary>
public static class Refusals
{
    /// <summary>The media type of a refusal.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The status that fits a problem's code: what the client gave cannot be processed (422) unless it is something
    /// else.</summary>
    public static int StatusOf(string code) => code switch
    {
        "NOT_FOUND" => StatusCodes.Status404NotFound,
        "FORBIDDEN" or FreshProof.Needed or SecondFactorDemand.Code or "INVITATION_FOR_ANOTHER"
            or "OWN_RUN" or "OUTPUT_INFECTED" => StatusCodes.Status403Forbidden,
        "CONFLICT" or "ANSWERED" or "NAME_TAKEN" or "RETIRED" or "RUN_ENDED" or "RUN_GOES_ON" or "RUN_SUCCEEDED" or "HOST_KEY_CHANGED"
            or "HOST_KEY_UNCONFIRMED" or "CREDENTIAL_NEEDED" or "CREDENTIAL_GONE" or "PERSONAL_PROJECT" or "LAST_OWNER"
            or "LAST_ADMINISTRATOR" or "OWN_ACCOUNT" or "ACCOUNT_DISABLED"
            or "ALREADY_MEMBER" or "TOO_MANY_INVITATIONS" or "INVITATION_USED" or "INVITATION_REVOKED"
            or "INVITATION_EXPIRED" or "SIGN_UP_CLOSED" or "APPROVAL_NOT_ASKED" or "APPROVAL_DECIDED"
            or "CODE_DIFFERS" or "QUOTA_EXCEEDED" or "NOT_SHARED" or "SEAL_WAITS"
            or "STREAM_ARCHIVED" or "ARCHIVES_OFF" or "ARCHIVE_BUSY" or "ARCHIVE_MISSING" or "ARCHIVE_CHANGED" or "NOT_SEALED"
            or "STREAM_MOVED_ON" or "KEYS_UNKNOWN" or "ARCHIVE_NOT_WRITTEN" => StatusCodes.Status409Conflict,
        "MACHINE_UNREACHABLE" or "SCANNER_UNREACHABLE" => StatusCodes.Status502BadGateway,
        RateLimitDoor.Code => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>The answer of an endpoint that refuses.</summary>
    public static IResult Refuse(IReadOnlyList<Problem> problems) => new Answer(StatusOf(problems[0].Code), problems);

    /// <summary>The value as the endpoint answers it, or the refusal.</summary>
    public static IResult Answered<T>(this Result<T> result, Func<T, IResult> answer) =>
        result.Ok ? answer(result.Value) : Refuse(result.Problems);

    /// <summary>The value as JSON, or the refusal.</summary>
    public static IResult Answered<T, TBody>(this Result<T> result, Func<T, TBody> body) =>
        result.Answered(value => (IResult)TypedResults.Ok(body(value)));

    /// <summary>Writes a refusal as the whole answer.</summary>
    public static async Task WriteAsync(HttpContext context, int status, IReadOnlyList<Problem> problems)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = null;
        context.Response.Headers.CacheControl = "no-store";
        var errors = problems.Select(problem => new RefusalError(
            problem.Code, problem.Message, problem.Field, problem.Line, problem.Column, problem.Advice));
        var refusal = new Refusal("about:blank", ReasonPhrases.GetReasonPhrase(status), status, problems[0].Message,
            problems[0].Code, [.. errors]);
        await context.Response.WriteAsJsonAsync(refusal, options: null, MediaType, CancellationToken.None);
    }

    private sealed class Answer(int status, IReadOnlyList<Problem> problems) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, problems);
    }
}
