using System.Globalization;
using Portal.Domain.Audit;

namespace Portal.Web.Rest.Audit;

/// <summary>Events as a file. They are written as they are read: whoever reads slowly slows the reading, and when they go away it ends
/// with the portion that it is at.</summary>
public sealed class ExportedEvents(EventExport export, EventLines lines) : IResult
{
    private const int Portion = 1 << 16;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = lines.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture,
            $"attachment; filename=\"events-{export.UpTo}.{lines.Extension}\"");
        try
        {
            var count = 0L;
            lines.Begin(response.BodyWriter);
            await foreach (var portion in export.Portions.WithCancellation(ends.Token))
            {
                foreach (var recorded in portion)
                {
                    lines.Write(response.BodyWriter, recorded);
                    if (response.BodyWriter.UnflushedBytes > Portion) await response.BodyWriter.FlushAsync(ends.Token);
                }
                count += portion.Count;
            }
            lines.End(response.BodyWriter, count, export.UpTo);
            await response.BodyWriter.FlushAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader went away, or the portal stops: what they have lacks its end, and the connection says so as well.
            httpContext.Abort();
        }
    }
}
