using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Portal.GraphQL.Types;

/// <summary>
/// JSON in UTF-8, written into one growing array from the pool. It knows values only: commas, braces and keys are for the
/// caller. <see cref="Length"/> may be set back, to take back what turned out wrong. For one thread. RFC 8259.
/// </summary>
public sealed partial class JsonOutput : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes;

    /// <summary>An empty one.</summary>
    /// <param name="capacity">How many bytes are expected.</param>
    public JsonOutput(int capacity = 4096) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>How many bytes are written; setting it back takes back what is behind.</summary>
    public int Length { get; set; }

    /// <summary>What is written. Valid until something more is written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="bytes">JSON in UTF-8.</param>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes one byte as it is.</summary>
    /// <param name="value">ASCII.</param>
    public void WriteRaw(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">Which.</param>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var count);
        Length += count;
    }

    /// <summary>Writes a number with the fewest digits that give it back, in the layout of ECMAScript.</summary>
    /// <param name="value">A finite number.</param>
    public void WriteNumber(double value)
    {
        if (double.IsInteger(value) && Math.Abs(value) < 1e15)
        {
            WriteNumber((long)value);
            return;
        }
        if (Math.Abs(value) < 1e9 && TryWriteShort(value))
        {
            return;
        }
        if (Math.Abs(value) is < 1e15 and >= 1e-4
            && value.TryFormat(Room(32), out var count, default, CultureInfo.InvariantCulture))
        {
            Length += count;
            return;
        }
        WriteRaw(Encoding.ASCII.GetBytes(Numbers.Format(value)));
    }

    /// <summary>Writes an exact number.</summary>
    /// <param name="value">The number.</param>
    public void WriteNumber(decimal value)
    {
        value.TryFormat(Room(40), out var count, default, CultureInfo.InvariantCulture);
        Length += count;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(sizeHint, 1));

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Four places behind the point or fewer. Of numbers of 15 digits each is another double: if it gives the value back, it
    // is the shortest that does.
    private bool TryWriteShort(double value)
    {
        var whole = Math.Round(Math.Abs(value) * 1e4);
        if (whole / 1e4 != Math.Abs(value))
        {
            return false;
        }
        var (units, rest) = Math.DivRem((long)whole, 10_000);
        if (value < 0)
        {
            WriteRaw((byte)'-');
        }
        WriteNumber(units);
        var places = 4;
        for (; rest % 10 == 0; rest /= 10)
        {
            places--;
        }
        var room = Room(5);
        room[0] = (byte)'.';
        for (var i = places; i > 0; i--, rest /= 10)
        {
            room[i] = (byte)('0' + (rest % 10));
        }
        Length += places + 1;
        return true;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _bytes.Length * 2));
            _bytes.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(Length);
    }
}
