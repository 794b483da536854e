using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Portal.Web.Components.Live;

/// <summary>Gathers what comes in quick succession, so that a page is drawn a few times a second and not for every
/// event.</summary>
public static class Batches
{
    /// <summary>How long a page rests between two drawings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The first batch is passed on at once; what comes within the pause after it is passed on together, in
    /// order.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> GatherAsync<T>(
        IAsyncEnumerable<IReadOnlyList<T>> source, TimeSpan pause, TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateUnbounded<IReadOnlyList<T>>(new() { SingleReader = true, SingleWriter = true });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pump = PumpAsync(source, channel.Writer, gone.Token);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancel))
            {
                var gathered = new List<T>();
                while (channel.Reader.TryRead(out var batch))
                    gathered.AddRange(batch);
                yield return gathered;
                await Task.Delay(pause, time, cancel);
            }
        }
        finally
        {
            await gone.CancelAsync();
            await pump;
        }
    }

    // Ends with the channel completed, whatever happens: the reader gets the source's error.
    private static async Task PumpAsync<T>(
        IAsyncEnumerable<IReadOnlyList<T>> source, ChannelWriter<IReadOnlyList<T>> writer, CancellationToken cancel)
    {
        try
        {
            await foreach (var batch in source.WithCancellation(cancel))
                await writer.WriteAsync(batch, cancel);
            writer.Complete();
        }
        catch (Exception error)
        {
            writer.Complete(error);
        }
    }
}
