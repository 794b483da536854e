using System.Text;

namespace Portal.Jobs.Sites.Shells;

/// <summary>Reads a stream that a long-lived shell writes, one marked piece at a time.</summary>
internal sealed class MarkedOutput(Stream stream)
{
    private byte[] _held = new byte[64 << 10];
    private int _from;
    private int _to;

    /// <summary>Reads up to and with the mark, and gives what stood before it. Null at the end of the stream.</summary>
    /// <exception cref="OutputTooLargeException">More than <paramref name="limit"/> bytes stood before the mark.</exception>
    public async Task<byte[]?> UntilAsync(byte[] mark, int limit, CancellationToken cancel)
    {
        var looked = 0;
        while (true)
        {
            var at = _held.AsSpan(_from + looked, _to - _from - looked).IndexOf(mark);
            if (at >= 0)
            {
                var length = looked + at;
                var piece = _held.AsSpan(_from, length).ToArray();
                _from += length + mark.Length;
                return length > limit ? throw new OutputTooLargeException() : piece;
            }
            looked = Math.Max(0, _to - _from - mark.Length + 1);
            if (_to - _from > limit + mark.Length) throw new OutputTooLargeException();
            if (!await FillAsync(cancel)) return null;
        }
    }

    /// <summary>Drops everything up to and with the mark, however much it is. False at the end of the stream.</summary>
    public async Task<bool> SkipAsync(byte[] mark, CancellationToken cancel)
    {
        while (true)
        {
            var at = _held.AsSpan(_from, _to - _from).IndexOf(mark);
            if (at >= 0)
            {
                _from += at + mark.Length;
                return true;
            }
            _from = Math.Max(_from, _to - mark.Length + 1);
            if (!await FillAsync(cancel)) return false;
        }
    }

    /// <summary>The rest of the line, without its end. Null at the end of the stream.</summary>
    public async Task<string?> LineAsync(CancellationToken cancel) =>
        await UntilAsync("\n"u8.ToArray(), 4096, cancel) is { } line ? Encoding.UTF8.GetString(line) : null;

    /// <summary>What was read beyond the last mark or line; it belongs to whoever reads the stream from now on.</summary>
    public ReadOnlyMemory<byte> Rest => _held.AsMemory(_from, _to - _from);

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_from == _to)
        {
            (_from, _to) = (0, 0);
            if (_held.Length > 1 << 20) _held = new byte[64 << 10];
        }
        if (_to == _held.Length)
        {
            var larger = _to - _from > _held.Length / 2 ? new byte[_held.Length * 2] : _held;
            _held.AsSpan(_from, _to - _from).CopyTo(larger);
            (_held, _to, _from) = (larger, _to - _from, 0);
        }
        var read = await stream.ReadAsync(_held.AsMemory(_to), cancel);
        _to += read;
        return read > 0;
    }
}

/// <summary>A command wrote more than may be held.</summary>
internal sealed class OutputTooLargeException : Exception;
