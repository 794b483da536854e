namespace Portal.Jobs.Sites.Shells;

/// <summary>The bytes of a file, read through a channel. It ends only where the place says that it did.</summary>
internal sealed class ReadStream(Channel channel, Task<string> error, ReadOnlyMemory<byte> first, string path) : ForwardStream
{
    private ReadOnlyMemory<byte> _first = first;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        if (!_first.IsEmpty)
        {
            var count = Math.Min(_first.Length, buffer.Length);
            _first[..count].CopyTo(buffer);
            _first = _first[count..];
            return count;
        }
        var read = await channel.Output.ReadAsync(buffer, cancellationToken);
        if (read > 0) return read;
        return await channel.ExitAsync(cancellationToken) switch
        {
            0 => 0,
            255 => throw Faults.Lost($"while {path} was read", kind: FaultKind.Transient, evidence: await error),
            var code => throw Faults.Of(await error, path, code),
        };
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) channel.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
