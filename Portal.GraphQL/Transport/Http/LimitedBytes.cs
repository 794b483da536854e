namespace Portal.GraphQL.Transport.Http;

/// <summary>The whole of a stream that may not be longer than that.</summary>
internal static class LimitedBytes
{
    /// <summary>Null if there is more.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, long most, CancellationToken cancel)
    {
        var bytes = new byte[Math.Min(4096, most + 1)];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancel) is var count and > 0)
        {
            length += count;
            if (length > most)
            {
                return null;
            }
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, most + 1));
            }
        }
        return bytes.AsMemory(0, length);
    }
}
