using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Web.Edge;

/// <summary>Refuses forms without the token of their session (400), and writes that down: another site may have sent them.</summary>
public static class ForgeryDoor
{
    private const string What = "a form without the token of its session";

    /// <summary>Puts it in place: right behind the check of forms.</summary>
    public static void UseForgeryDoor(this WebApplication app)
    {
        var attempts = app.Services.GetRequiredService<AttemptLog>();
        app.Use(next => context => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? RefuseAsync(context, attempts) : next(context));
    }

    private static Task RefuseAsync(HttpContext context, AttemptLog attempts)
    {
        attempts.Note(context, What);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("This form is not of your session. Load the page anew, then send it once more.");
    }

    /// <summary>Whether a request that the check of forms does not see has the token of its session.</summary>
    public static async Task<bool> IsGenuineAsync(HttpContext context)
    {
        if (await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)) return true;
        context.RequestServices.GetRequiredService<AttemptLog>().Note(context, What);
        return false;
    }
}
