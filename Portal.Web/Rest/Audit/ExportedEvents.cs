using System.Globalization;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Audit;

/// <summary>Events as a file. They are written as they are read: whoever reads slowly slows the reading, and when they go away it ends
/// with the portion that it is at, and is noted with how far it came.</summary>
public sealed class ExportedEvents(EventExport export, EventLines lines) : IResult
{
    private const int Portion = 1 << 16;

    // What must still be written when a reader has gone away waits for the database no longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private (long Events, long? Last) sent, written;

    /// <summary>Answers a request.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">For which events.</param>
    /// <param name="events">Finds them.</param>
    /// <param name="lines">As what they are written.</param>
    /// <param name="proof">Whether with their proof.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IResult> Answer(Caller caller, EventRequest request, ExportEventsHandler events, EventLines lines,
        bool? proof, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(lines);
        var question = request.Question();
        if (!question.Ok) return Refusals.Refuse(question.Problems);
        return (await events.BeginAsync(caller, question.Value, lines.Extension, proof == true, cancel))
            .Answered(export => (IResult)new ExportedEvents(export, proof == true ? EventLines.Proven : lines));
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = lines.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture,
            $"attachment; filename=\"events-{export.UpTo}.{lines.Extension}\"");
        using var _ = export;
        try
        {
            await SendAsync(response, ends.Token);
            var noted = await export.EndAsync(written.Last, ends.Token);
            if (!noted.Ok) throw new InvalidOperationException($"An export could not be noted: {noted.Problems[0].Message}");
            lines.End(response.BodyWriter, written.Events, export.UpTo, noted.Value);
            await response.BodyWriter.FlushAsync(ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader went away, or the portal stops: what they have lacks its end, and the connection says so as well.
            httpContext.Abort();
        }
        finally
        {
            await BreakOffAsync();
        }
    }

    private async Task SendAsync(HttpResponse response, CancellationToken cancel)
    {
        lines.Begin(response.BodyWriter, export.Keys);
        await foreach (var part in export.PartsAsync(cancel))
        {
            for (var at = 0; at < part.Events.Count; at++)
            {
                lines.Write(response.BodyWriter, part.Events[at], part.Previous?[at]);
                written = (written.Events + 1, part.Events[at].Position);
                if (response.BodyWriter.UnflushedBytes > Portion) await FlushAsync(response, cancel);
            }
            if (part.Ends is { } group) lines.Write(response.BodyWriter, group);
        }
        await FlushAsync(response, cancel);
    }

    private async Task FlushAsync(HttpResponse response, CancellationToken cancel)
    {
        if ((await response.BodyWriter.FlushAsync(cancel)).IsCompleted) throw new OperationCanceledException(cancel);
        sent = written;
    }

    private async Task BreakOffAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await export.BreakOffAsync(sent.Events, sent.Last, patience.Token);
    }
}
