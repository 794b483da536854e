namespace Portal.Jobs.Sites;

/// <summary>Carries much from one stream to another. An asynchronous pipe is woken each time that the other side puts a few bytes in or
/// takes some out, which costs more than carrying them; calls that block wait for as much as there is room for.</summary>
internal static class Bulk
{
    private const int BufferBytes = 1 << 19;

    /// <summary>Carries all of a content to a destination, on a thread of its own. Cancelling ends the waiting; the thread ends when
    /// source and destination have been closed.</summary>
    public static Task CarryAsync(Stream content, Stream destination, CancellationToken cancel) => Task.Factory.StartNew(
        () => content.CopyTo(destination, BufferBytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .WaitAsync(cancel);
}
