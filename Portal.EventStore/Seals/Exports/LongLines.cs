using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Portal.EventStore;

/// <summary>Reads a text of anybody's by lines, one in memory at a time, and none that is longer than it can be.</summary>
internal static class LongLines
{
    private const long Longest = 64L << 20;

    /// <summary>The lines, without their ends.</summary>
    /// <exception cref="FormatException">One is too long.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pipe = PipeReader.Create(content, new(bufferSize: 1 << 16, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancel);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return Encoding.UTF8.GetString(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }
                if (rest.Length > Longest) throw new FormatException($"A line is longer than {Longest >> 20} MiB.");
                if (read.IsCompleted && rest.Length > 0) yield return Encoding.UTF8.GetString(rest);
                pipe.AdvanceTo(read.IsCompleted ? rest.End : rest.Start, rest.End);
                if (read.IsCompleted) yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }
}
