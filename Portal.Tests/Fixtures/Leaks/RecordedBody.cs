using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>The body of an answer of which the first is kept. Whoever writes hears all that the server says, also that nobody reads any
/// more.</summary>
internal sealed class RecordedBody(IHttpResponseBodyFeature before, Tee tee) : IHttpResponseBodyFeature
{
    public Stream Stream => tee;

    public PipeWriter Writer { get; } = new KeptWriter(before.Writer, tee);

    public void DisableBuffering() => before.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => before.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(tee, path, offset, count, cancellationToken);

    public Task CompleteAsync() => before.CompleteAsync();

    private sealed class KeptWriter(PipeWriter inner, Tee tee) : PipeWriter
    {
        private Memory<byte> given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            tee.Keep(given.Span[..bytes], bytes);
            given = given[bytes..];
            inner.Advance(bytes);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
