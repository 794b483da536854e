namespace Portal.Web.Edge;

/// <summary>Refuses forms that cannot be read, with 400 or 413: whoever reads them further on would fail.</summary>
public static class FormDoor
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>Puts it in place: before whatever reads forms.</summary>
    public static void UseFormDoor(this WebApplication app) => app.Use(next => context => PassAsync(next, context));

    private static async Task PassAsync(RequestDelegate next, HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(UrlEncoded, StringComparison.OrdinalIgnoreCase) == true)
        {
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
}
