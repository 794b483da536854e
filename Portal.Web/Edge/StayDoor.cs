using Npgsql;
using Portal.Web.AccessTokens;
using Portal.Web.Rest.Common;

namespace Portal.Web.Edge;

/// <summary>Marks endpoints whose answers may take long: streams, logs that are followed, files.</summary>
public sealed class LongAnswer
{
    /// <summary>The only one.</summary>
    public static LongAnswer Mark { get; } = new();
}

/// <summary>Cuts off a <see cref="LongAnswer"/> as soon as its reader may not stay: a token that was revoked or is over, a
/// session that ended, an account that was disabled. What they have lacks its end, and the connection says so too. GraphQL and
/// open pages ask for themselves.</summary>
public static class StayDoor
{
    /// <summary>Puts it in place: behind whatever says who asks.</summary>
    /// <param name="app">The portal.</param>
    /// <param name="every">How often it is asked.</param>
    public static void UseStayDoor(this WebApplication app, TimeSpan every)
    {
        var staying = app.Services.GetRequiredService<Staying>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(next => context => IsLong(context) ? PassAsync(next, context, staying, new(every, time)) : next(context));
    }

    // What changes something is done or not done, however long it takes.
    private static bool IsLong(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        && context.GetEndpoint()?.Metadata.GetMetadata<LongAnswer>() is not null
        && (HttpMethods.IsGet(context.Request.Method) || EventStream.Wanted(context));

    private static async Task PassAsync(RequestDelegate next, HttpContext context, Staying staying, PeriodicTimer timer)
    {
        var before = context.RequestAborted;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(before);
        context.RequestAborted = leaving.Token;
        var watching = WatchAsync(context, staying, timer, leaving);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !before.IsCancellationRequested)
        {
            // It is cut off below.
        }
        finally
        {
            timer.Dispose();
            var sentAway = await watching;
            context.RequestAborted = before;
            if (sentAway) context.Abort();
        }
    }

    // True when the reader was sent away. Ends with its timer.
    private static async Task<bool> WatchAsync(
        HttpContext context, Staying staying, PeriodicTimer timer, CancellationTokenSource leaving)
    {
        var token = AccessTokenScheme.Of(context.User)?.Id;
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (await MayAsync(context, staying, token)) continue;
            await leaving.CancelAsync();
            return true;
        }
        return false;
    }

    // What cannot be asked is not allowed: the reader comes again.
    private static async ValueTask<bool> MayAsync(HttpContext context, Staying staying, Guid? token)
    {
        try
        {
            return await staying.MayAsync(context, token, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
