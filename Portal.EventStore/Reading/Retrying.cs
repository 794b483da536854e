using System.Net.Sockets;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Repeats what failed because a connection broke or the server restarts, with growing pauses. Only for what may be
/// repeated: readings, and appends, whose event ids make a second one harmless.</summary>
internal sealed class Retrying(TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = Longer(pause))
        {
            try
            {
                return await work(cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && IsPassing(error)
                && time.GetElapsedTime(started) + pause < patience)
            {
                await Task.Delay(pause, time, cancel);
            }
        }
    }

    /// <summary>Whether the same may succeed a little later: the connection broke, the server stops, starts or is full, or
    /// two transactions stood in each other's way.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException,
        IOException or SocketException => true,
        _ => false,
    };

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
