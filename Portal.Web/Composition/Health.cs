using Npgsql;

namespace Portal.Web.Composition;

/// <summary>Whether this node can serve, for whoever sends requests to it or starts it anew.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps <c>GET /healthz</c>: 200 while the database answers, else 503. Anybody may ask; the answer tells no
    /// more.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", AnswerAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext context, NpgsqlDataSource database, ILoggerFactory loggers,
        CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            // A server that hangs does not take back a question either: the answer does not wait for that.
            await AskAsync(database, cancel).WaitAsync(Patience, cancel);
            return TypedResults.Text("ready\n");
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            loggers.CreateLogger("Portal.Health").LogWarning("The database does not answer: {Fault}", fault.Message);
            return TypedResults.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task AskAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select 1");
        command.CommandTimeout = (int)Patience.TotalSeconds;
        await command.ExecuteScalarAsync(cancel);
    }
}
