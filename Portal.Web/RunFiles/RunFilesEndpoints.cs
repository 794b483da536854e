using System.Net;
using Microsoft.Net.Http.Headers;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Runs;
using Portal.Web.Accounts;
using Portal.Web.Composition;

namespace Portal.Web.RunFiles;

/// <summary>Files of a run for a browser that is signed in: results, and logs as text.</summary>
public static class RunFilesEndpoints
{
    /// <summary>Maps <c>/runs/{id}/results/{index}</c> and <c>/runs/{id}/logs/{step}/{attempt}/{stream}</c>.</summary>
    public static void MapRunFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{id}/results/{index:int}", ResultAsync).RequireAuthorization();
        routes.MapGet("/runs/{id}/logs/{step}/{attempt:int}/{stream}", LogAsync).RequireAuthorization();
    }

    private static async Task<IResult> ResultAsync(
        string id, int index, int? download, HttpContext context, OpenOutputHandler outputs, ILoggerFactory loggers,
        CancellationToken cancel)
    {
        if (!Id<Run>.TryParse(id, out var run)) return TypedResults.NotFound();
        var opened = await outputs.HandleAsync(CallerFactory.Of(context, "page"), run, index, cancel);
        if (!opened.Ok)
        {
            var problem = opened.Problems[0];
            if (problem.Code == "NOT_FOUND") return TypedResults.NotFound();
            loggers.CreateLogger("Portal.Results").LogWarning("A result could not be opened: {Problem}", problem.Message);
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Boxed;
            return TypedResults.Text($"{problem.Message} {problem.Advice}", FileTypes.Text, statusCode:
                (int)(problem.Code == "OUTPUT_INFECTED" ? HttpStatusCode.Forbidden : HttpStatusCode.BadGateway));
        }
        await using var content = opened.Value.Content;
        var headers = context.Response.GetTypedHeaders();
        var type = FileTypes.Of(opened.Value.Name);
        headers.ContentType = MediaTypeHeaderValue.Parse(type);
        headers.ContentLength = opened.Value.Size;
        headers.ContentDisposition = Disposition(opened.Value.Name, download == 1 || type == FileTypes.Bytes);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Boxed;
        await content.CopyToAsync(context.Response.Body, cancel);
        return TypedResults.Empty;
    }

    private static async Task<IResult> LogAsync(
        string id, string step, int attempt, string stream, int? task, HttpContext context, ReadLogHandler logs,
        CancellationToken cancel)
    {
        if (!Id<Run>.TryParse(id, out var run)) return TypedResults.NotFound();
        var caller = CallerFactory.Of(context, "page");
        var name = new LogName(run, step, attempt, task, stream);
        var piece = await logs.HandleAsync(caller, name, 0, ReadLogHandler.LargestPiece, cancel);
        if (!piece.Ok) return TypedResults.NotFound();
        var headers = context.Response.GetTypedHeaders();
        headers.ContentType = MediaTypeHeaderValue.Parse(FileTypes.Text);
        headers.ContentDisposition = Disposition(
            task is { } number ? $"{step}-{number}.{stream}.txt" : $"{step}.{stream}.txt", true);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Boxed;
        while (piece is { Ok: true, Value.Bytes.Length: > 0 })
        {
            await context.Response.Body.WriteAsync(piece.Value.Bytes, cancel);
            piece = await logs.HandleAsync(caller, name, piece.Value.Offset + piece.Value.Bytes.Length,
                ReadLogHandler.LargestPiece, cancel);
        }
        return TypedResults.Empty;
    }

    // RFC 6266: a plain name for all, the exact one beside it in UTF-8 (RFC 8187).
    private static ContentDispositionHeaderValue Disposition(string name, bool attachment)
    {
        var header = new ContentDispositionHeaderValue(attachment ? "attachment" : "inline");
        header.SetHttpFileName(FileTypes.SafeName(name));
        return header;
    }
}
