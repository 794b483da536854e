using Microsoft.AspNetCore.Diagnostics;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Web.Rest.Common;

/// <summary>Stands before everything under /api: whatever is refused there, wherever, leaves as problem details.</summary>
public static class ProblemDoor
{
    /// <summary>Puts it in place; before sign-in and routing.</summary>
    public static void UseProblemDoor(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.Rest");
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), door =>
            door.Use(next => context => PassAsync(next, context, logger)));
    }

    private static async Task PassAsync(RequestDelegate next, HttpContext context, ILogger logger)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            var (status, problem) = BadRequests.Describe(context, error);
            await Refusals.WriteAsync(context, status, [problem]);
            return;
        }
        catch (DocumentQueryException error) when (!context.Response.HasStarted)
        {
            await Refusals.WriteAsync(context, StatusCodes.Status422UnprocessableEntity,
                [Problem.Invalid("cursor", error.Message)]);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            logger.LogError(error, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
            await Refusals.WriteAsync(context, StatusCodes.Status500InternalServerError,
                [new("INTERNAL", "The portal failed to do this. The fault was written to its log.")]);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0 })
            await Refusals.WriteAsync(context, context.Response.StatusCode, [BadRequests.OfStatus(context.Response.StatusCode)]);
    }
}
