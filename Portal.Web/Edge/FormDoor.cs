using Microsoft.AspNetCore.Http.Features;
using Portal.Web.Composition;

namespace Portal.Web.Edge;

/// <summary>How large bodies of requests may be where a door says nothing else, and forms anywhere. Refuses forms that cannot be
/// read, with 400 or 413: whoever reads them further on would fail.</summary>
public static class FormDoor
{
    /// <summary>Most bytes of a body; a door may ask for less, and GraphQL and REST say their own.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>Most bytes of a form. Files come through open pages, and not by forms.</summary>
    public const int LargestForm = 256 << 10;

    private const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>Sets what the server itself takes.</summary>
    public static void AddFormLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.Configure<FormOptions>(forms =>
        {
            (forms.BufferBodyLengthLimit, forms.MultipartBodyLengthLimit) = (LargestForm, LargestForm);
            (forms.ValueCountLimit, forms.ValueLengthLimit) = (256, LargestForm);
        });
    }

    /// <summary>Puts it in place: before whatever reads forms.</summary>
    public static void UseFormDoor(this WebApplication app) => app.Use(next => context => PassAsync(next, context));

    private static async Task PassAsync(RequestDelegate next, HttpContext context)
    {
        // Without WebSockets the messages of open pages come as bodies.
        if (context.Request.Path.StartsWithSegments("/_blazor")) Limit(context, PagesComposition.MaximumMessage, atMost: false);
        if (IsForm(context.Request))
        {
            Limit(context, LargestForm, atMost: true);
            try
            {
                // It is read once; whoever asks for it again gets the same.
                await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException fault)
            {
                // Larger than the door takes, or cut off: the status says which.
                context.Response.StatusCode = fault.StatusCode;
                await context.Response.WriteAsync("The form cannot be read: it is too large, or not whole.");
                return;
            }
            catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync("The form cannot be read: it holds characters that no text has, or too much.");
                return;
            }
        }
        await next(context);
    }

    // GraphQL says itself what it thinks of files.
    private static bool IsForm(HttpRequest request) => request.HasFormContentType
        && (request.ContentType!.StartsWith(UrlEncoded, StringComparison.OrdinalIgnoreCase)
            || !PagesComposition.ForPrograms(request.Path));

    private static void Limit(HttpContext context, long bytes, bool atMost)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
            && !(atMost && limit.MaxRequestBodySize < bytes)) limit.MaxRequestBodySize = bytes;
    }
}
