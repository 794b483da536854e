using System.Text;
using Portal.Domain.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>The two streams of a step.</summary>
public enum LogStream
{
    /// <summary>What it wrote to its standard output.</summary>
    Stdout,
    /// <summary>What it wrote to its standard error.</summary>
    Stderr,
}

/// <summary>A part of a log, as text. What is no UTF-8 is shown as U+FFFD; REST has the bytes.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="NextOffset">Where to go on.</param>
/// <param name="Size">Bytes known so far.</param>
/// <param name="Text">What stands there.</param>
/// <param name="Complete">Whether nothing will follow.</param>
/// <param name="Truncated">Whether its beginning was left out, because the log is longer than is kept.</param>
public sealed record LogPart(long Offset, long NextOffset, long Size, string Text, bool Complete, bool Truncated)
{
    /// <summary>Bytes of the longest character: with fewer a part might have none.</summary>
    internal const int Smallest = 4;

    internal static LogPart Of(LogPiece piece)
    {
        var bytes = piece.Bytes.Span;
        // A character whose end is not there yet waits for the next part; in what is complete nothing waits.
        var length = bytes.Length - (piece.Complete ? 0 : Unfinished(bytes));
        return new(piece.Offset, piece.Offset + length, piece.Size, Encoding.UTF8.GetString(bytes[..length]), piece.Complete,
            piece.Truncated);
    }

    // How many bytes at the end begin a character without ending it (RFC 3629, section 3).
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80) continue;
            var wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return wanted > back ? back : 0;
        }
        return 0;
    }
}
