using System.ComponentModel;
using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Runs;
using Portal.Web.Composition;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>What a run wrote: its logs and its outputs.</summary>
public static class RunResultsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRunResults(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs/{id}").WithTags("Runs");
        group.MapGet("/log", Log).WithSummary("The log of a step, as raw bytes.").WithName("readLog")
            .WithDescription("The headers say where the piece begins (Portal-Log-Offset), how much is known (Portal-Log-Size), "
                + "whether nothing will follow (Portal-Log-Complete) and whether the beginning was left out "
                + "(Portal-Log-Truncated). With follow=true the answer goes on until the log is complete.")
            .Produces(StatusCodes.Status200OK, contentType: "text/plain");
        group.MapGet("/outputs/{index:int}", Output).WithSummary("Download a result, by its place in `outputs`.")
            .WithName("downloadOutput")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private static async Task<IResult> Log(HttpContext context, Id<Run> id, ShowRunHandler runs, ReadLogHandler logs,
        [Description("Id of the step.")] string step, [Description("Array task, for a step with an array.")] int? task,
        [Description("`stdout` (when left out) or `stderr`.")] string? stream,
        [Description("The attempt, from 1; the last when left out.")] int? attempt,
        [Description("Byte to begin with.")] long? offset, [Description("Most bytes, at most 1 MiB.")] int? limit,
        [Description("Whether to wait for more until the log is complete.")] bool? follow, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var run = await runs.HandleAsync(caller, id, null, cancel);
        if (!run.Ok) return Refusals.Refuse(run.Problems);
        var last = run.Value.State.Steps.FirstOrDefault(candidate => candidate.Id == step)?.Attempt ?? 1;
        var name = new LogName(id, step, attempt ?? Math.Max(1, last), task, stream ?? "stdout");
        var piece = await logs.HandleAsync(caller, name, offset ?? 0, limit ?? ReadLogHandler.LargestPiece, cancel);
        if (!piece.Ok) return Refusals.Refuse(piece.Problems);
        return follow == true
            ? new FollowedLog(piece.Value, () => logs.Listen(name),
                from => logs.HandleAsync(caller, name, from, ReadLogHandler.LargestPiece, context.RequestAborted))
            : new LogAnswer(piece.Value);
    }

    private static async Task<IResult> Output(HttpContext context, Id<Run> id, int index, OpenOutputHandler outputs,
        CancellationToken cancel)
    {
        var opened = await outputs.HandleAsync(RestCaller.Of(context), id, index, cancel);
        if (!opened.Ok) return Refusals.Refuse(opened.Problems);
        // Whatever it holds, a browser shall not take it for a page of ours.
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Boxed;
        context.Response.Headers.ETag = $"\"{opened.Value.Sha256}\"";
        var digest = Convert.ToBase64String(Convert.FromHexString(opened.Value.Sha256));
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{digest}:";
        context.Response.ContentLength = opened.Value.Size;
        return TypedResults.Stream(opened.Value.Content, "application/octet-stream", opened.Value.Name);
    }

    private static void Describe(HttpResponse response, LogPiece piece)
    {
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["Portal-Log-Offset"] = piece.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Portal-Log-Size"] = piece.Size.ToString(CultureInfo.InvariantCulture);
        response.Headers["Portal-Log-Complete"] = piece.Complete ? "true" : "false";
        response.Headers["Portal-Log-Truncated"] = piece.Truncated ? "true" : "false";
    }

    private sealed class LogAnswer(LogPiece piece) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Describe(httpContext.Response, piece);
            httpContext.Response.ContentLength = piece.Bytes.Length;
            await httpContext.Response.Body.WriteAsync(piece.Bytes, httpContext.RequestAborted);
        }
    }

    private sealed class FollowedLog(LogPiece first, Func<ILogNews> listen, Func<long, Task<Result<LogPiece>>> next) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            Describe(httpContext.Response, first);
            using var news = listen();
            try
            {
                for (var piece = first; ;)
                {
                    await httpContext.Response.Body.WriteAsync(piece.Bytes, ends.Token);
                    await httpContext.Response.Body.FlushAsync(ends.Token);
                    if (piece.Complete) return;
                    if (piece.Bytes.Length == 0) await news.WaitAsync(ReadLogHandler.LookEvery, ends.Token);
                    var read = await next(piece.Offset + piece.Bytes.Length);
                    if (!read.Ok)
                    {
                        // They may not read on. What they have is no whole log, and the connection says so.
                        httpContext.Abort();
                        return;
                    }
                    piece = read.Value;
                }
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // Who reads went away, or the portal stops.
                return;
            }
        }
    }
}
