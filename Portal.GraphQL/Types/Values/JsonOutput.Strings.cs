using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Portal.GraphQL.Types;

/// <content>Strings.</content>
public sealed partial class JsonOutput
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append('"').Append('\\').Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c)]);

    /// <summary>Writes a string. Half a surrogate pair is written as an escape.</summary>
    /// <param name="value">Any text.</param>
    public void WriteString(ReadOnlySpan<char> value)
    {
        var room = Room((value.Length * 3) + 2);
        room[0] = (byte)'"';
        if (CopyPlain(value, room[1..]) == value.Length)
        {
            room[value.Length + 1] = (byte)'"';
            Length += value.Length + 2;
            return;
        }
        if (value.ContainsAny(MustEscape))
        {
            WriteEscaped(value);
            return;
        }
        var count = Encoding.UTF8.GetBytes(value, room[1..]);
        room[count + 1] = (byte)'"';
        Length += count + 2;
    }

    // Most text is ASCII without anything to escape. Stops in front of the first character that is not; how far it came.
    private static int CopyPlain(ReadOnlySpan<char> value, Span<byte> target)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(value));
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= value.Length - 8; i += 8)
        {
            var eight = Vector128.LoadUnsafe(ref from, (nuint)i);
            var special = Vector128.LessThan(eight, Vector128.Create((ushort)' '))
                | Vector128.GreaterThan(eight, Vector128.Create((ushort)0x7F))
                | Vector128.Equals(eight, Vector128.Create((ushort)'"'))
                | Vector128.Equals(eight, Vector128.Create((ushort)'\\'));
            if (special != Vector128<ushort>.Zero)
            {
                return i;
            }
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), Vector128.Narrow(eight, eight).AsUInt64().ToScalar());
        }
        for (; i < value.Length; i++)
        {
            var c = value[i];
            if (c is < ' ' or > (char)0x7F or '"' or '\\')
            {
                return i;
            }
            Unsafe.Add(ref to, i) = (byte)c;
        }
        return i;
    }

    private void WriteEscaped(ReadOnlySpan<char> value)
    {
        WriteRaw((byte)'"');
        while (!value.IsEmpty)
        {
            var next = value.IndexOfAny(MustEscape);
            var plain = next < 0 ? value : value[..next];
            Length += Encoding.UTF8.GetBytes(plain, Room(plain.Length * 3));
            value = value[plain.Length..];
            if (value.IsEmpty)
            {
                break;
            }
            if (value.Length > 1 && char.IsSurrogatePair(value[0], value[1]))
            {
                Length += Encoding.UTF8.GetBytes(value[..2], Room(4));
                value = value[2..];
                continue;
            }
            WriteEscape(value[0]);
            value = value[1..];
        }
        WriteRaw((byte)'"');
    }

    private void WriteEscape(char c)
    {
        var letter = c switch
        {
            '"' or '\\' => c,
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        WriteRaw([(byte)'\\', (byte)letter]);
        if (letter == 'u')
        {
            ((int)c).TryFormat(Room(4), out var count, "x4", CultureInfo.InvariantCulture);
            Length += count;
        }
    }
}
