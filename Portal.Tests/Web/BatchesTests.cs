using System.Threading.Channels;
using Portal.Web.Components.Live;

namespace Portal.Tests.Web;

public sealed class BatchesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_come_in_order_whatever_they_are_gathered_into()
    {
        var source = Channel.CreateUnbounded<IReadOnlyList<int>>();
        for (var at = 0; at < 100; at++)
            source.Writer.TryWrite([at]);
        source.Writer.Complete();
        var got = new List<int>();
        await foreach (var batch in Gather(source, Cancel))
            got.AddRange(batch);
        Assert.Equal(Enumerable.Range(0, 100), got);
    }

    [Fact]
    public async Task Cancelling_ends_the_source_too()
    {
        var source = Channel.CreateUnbounded<IReadOnlyList<int>>();
        source.Writer.TryWrite([1]);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Gather(source, gone.Token))
                await gone.CancelAsync();
        });
    }

    [Fact]
    public async Task An_error_of_the_source_reaches_the_reader()
    {
        var source = Channel.CreateUnbounded<IReadOnlyList<int>>();
        source.Writer.Complete(new InvalidDataException("broken"));
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in Gather(source, Cancel))
                Assert.Fail("There was nothing to read.");
        });
    }

    private static IAsyncEnumerable<IReadOnlyList<int>> Gather(Channel<IReadOnlyList<int>> source, CancellationToken cancel) =>
        Batches.GatherAsync(source.Reader.ReadAllAsync(cancel), TimeSpan.FromMilliseconds(1), TimeProvider.System, cancel);
}
