using System.Text;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>Reads one stream of a log on from where it stopped, and puts it into a text. A character cut in two by a piece's end
/// waits for its other half.</summary>
/// <param name="name">The stream.</param>
/// <param name="text">Where it goes.</param>
public sealed class LogReading(LogName name, LogText text)
{
    private const int Piece = 256 << 10;
    private const long Shown = 2 << 20;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private long offset;
    private bool begun;

    /// <summary>The streams that a task writes.</summary>
    public static IReadOnlyList<string> Streams { get; } = ["stdout", "stderr"];

    /// <summary>Whether nothing will follow.</summary>
    public bool Whole { get; private set; }

    /// <summary>Why it cannot be read.</summary>
    public IReadOnlyList<Problem>? Problems { get; private set; }

    /// <summary>Takes in all that is new. Of a long log only the end is taken; the file has all of it.</summary>
    /// <returns>Whether anything came.</returns>
    public async Task<bool> ReadOnAsync(ReadLogHandler logs, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var came = false;
        while (true)
        {
            var answer = await logs.HandleAsync(caller, name, offset, Piece, cancel);
            if (!answer.Ok)
            {
                Problems = answer.Problems;
                return came;
            }
            var piece = answer.Value;
            if (!begun && piece.Size > Shown)
            {
                (begun, offset) = (true, piece.Size - Shown);
                text.Append($"[{Format.Bytes(offset)} before this are in the file]\n");
                continue;
            }
            begun = true;
            if (piece.Bytes.Length > 0)
            {
                came = true;
                Take(piece.Bytes.Span);
                offset = piece.Offset + piece.Bytes.Length;
            }
            Whole = piece.Complete;
            if (piece.Bytes.Length == 0 || offset >= piece.Size)
                return came;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, characters, flush: false);
        text.Append(new string(characters));
    }
}
