using Microsoft.AspNetCore.Diagnostics;

namespace Portal.Web.Composition;

/// <summary>What a person gets where a page fails: a page that says so, with the number under which it is in the log.</summary>
internal static partial class FaultPage
{
    private const string Address = "/error";

    /// <summary>Whether it is what is being shown.</summary>
    public static bool Shows(HttpContext context) => context.Features.Get<IExceptionHandlerPathFeature>() is not null;

    /// <summary>Puts it before everything that may fail. A program gets the status and no more.</summary>
    public static void UseFaultPage(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = Address, CreateScopeForErrors = true,
            // What cannot be read is a fault of who sent it: it is answered, and is no failure for the log.
            SuppressDiagnosticsCallback = handled => handled.Exception is BadHttpRequestException,
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.Web");
        app.Use(next => context =>
        {
            if (context.Features.Get<IExceptionHandlerPathFeature>() is not { } fault) return next(context);
            SecurityHeaders.Set(context);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                Failed(log, context.TraceIdentifier, fault.Path, fault.Error.GetType().Name);
            if (PagesComposition.ForPrograms(fault.Path)) return Task.CompletedTask;
            // A form's page failed; this one is only looked at.
            context.Request.Method = HttpMethods.Get;
            return next(context);
        });
    }

    [LoggerMessage(LogLevel.Error, "{Number}: {Path} failed: {Fault}")]
    private static partial void Failed(ILogger log, string number, string path, string fault);
}
