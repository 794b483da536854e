using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Portal.Web.Rest.Common;

/// <summary>Something to be sent in a stream.</summary>
/// <param name="Type">Name of the event.</param>
/// <param name="Id">What the client sends as <c>Last-Event-ID</c> to go on after it.</param>
/// <param name="Data">Its body, sent as JSON in one line.</param>
public sealed record StreamItem(string Type, string? Id, object Data);

/// <summary>Server-sent events (HTML standard, section 9.2), with a sign of life while nothing happens. Ends with its source,
/// with the client, or when the portal stops.</summary>
public sealed class EventStream(IAsyncEnumerable<StreamItem> items) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>Whether the client would rather have a stream than one answer.</summary>
    public static bool Wanted(HttpContext context) =>
        context.Request.Headers.Accept.Any(accept => accept?.Contains(MediaType, StringComparison.OrdinalIgnoreCase) == true);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.Body.FlushAsync(ends.Token);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            await using var source = items.GetAsyncEnumerator(ends.Token);
            while (true)
            {
                var next = source.MoveNextAsync().AsTask();
                while (await Task.WhenAny(next, Task.Delay(SignOfLife, ends.Token)) != next)
                {
                    if (ends.IsCancellationRequested) break;
                    await response.WriteAsync(":\n\n", ends.Token);
                }
                if (!await next) return;
                var item = source.Current;
                var id = item.Id is null ? "" : $"id: {item.Id}\n";
                await response.WriteAsync($"{id}event: {item.Type}\ndata: {JsonSerializer.Serialize(item.Data, json)}\n\n",
                    ends.Token);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The client went away, or the portal stops: the client comes again with the id of the last event it saw.
            return;
        }
    }
}
