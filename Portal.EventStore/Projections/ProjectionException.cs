using Npgsql;

namespace Portal.EventStore;

/// <summary>A projection could not fold an event. It names both; the cause is inside.</summary>
public sealed class ProjectionException(string message, Exception cause) : Exception(message, cause)
{
    internal static async ValueTask NamingAsync(string projection, Recorded recorded, Func<ValueTask> apply)
    {
        try
        {
            await apply();
        }
        catch (Exception error) when (error is not (OperationCanceledException or NpgsqlException))
        {
            throw new ProjectionException($"{projection} cannot take {recorded.Type} at position {recorded.Position} "
                + $"({recorded.Stream} version {recorded.Version}): {error.Message}", error);
        }
    }
}
