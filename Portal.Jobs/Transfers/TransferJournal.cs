using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>The small file beside a <c>.part</c>: of which source it is, and the state of the source's hash at some of its bytes. Lines
/// are only ever added, so that a crash can tear the last one at most. A small file has none until it has arrived: sent again from
/// the start it costs less than the writing.</summary>
internal sealed class TransferJournal
{
    private const int Limit = 16 << 20, Small = 256 << 10;
    private readonly IFiles target;
    private readonly string path, head;
    private readonly bool small;
    private readonly List<HashMark> marks = [];
    private long size;
    private bool torn;

    private TransferJournal(TransferRequest request, FileStat source)
    {
        target = request.Target;
        path = PathOf(request);
        small = source.Size is >= 0 and <= Small;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.SourcePath)))[..16];
        var time = source.Modified?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "-";
        head = string.Create(CultureInfo.InvariantCulture, $"transfer 1 {id} {source.Size} {time}");
    }

    /// <summary>Where the journal of a transfer lies.</summary>
    public static string PathOf(TransferRequest request) => request.TargetPath + ".journal";

    /// <summary>The hash of the whole, once all had arrived and was verified.</summary>
    public string? Done { get; private set; }

    /// <summary>The last known state of the hash at or before a length; null when none is known.</summary>
    public HashMark? Before(long length) => marks.Where(m => m.Length <= length).MaxBy(m => m.Length);

    /// <summary>Reads the journal; one of another source, or of the same one before it was changed, counts as none.</summary>
    public static async Task<TransferJournal> OpenAsync(TransferRequest request, FileStat source, CancellationToken cancel)
    {
        var journal = new TransferJournal(request, source);
        if (await request.Target.StatAsync(journal.path, cancel) is not { IsFolder: false, Size: > 0 and < Limit }) return journal;
        await using var stream = await request.Target.ReadAsync(journal.path, 0, cancel);
        var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancel);
        var text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        var lines = text.Split('\n');
        if (lines.Length < 2 || lines[0] != journal.head) return journal;
        journal.size = buffer.Length;
        journal.torn = lines[^1].Length > 0;
        foreach (var line in lines[1..^1])
        {
            if (line.StartsWith("at ", StringComparison.Ordinal) && HashMark.Parse(line[3..]) is { } mark) journal.marks.Add(mark);
            else if (line.StartsWith("done ", StringComparison.Ordinal) && line.Length == 69) journal.Done = line[5..];
        }
        return journal;
    }

    /// <summary>Begins anew: nothing is known but the source.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        (size, torn, Done) = (0, false, null);
        marks.Clear();
        if (!small) await AddAsync(head, cancel);
    }

    /// <summary>Notes states of the hash.</summary>
    public Task MarkAsync(IReadOnlyList<HashMark> states, CancellationToken cancel) =>
        small || states.Count == 0 ? Task.CompletedTask : AddAsync(string.Join('\n', states.Select(s => "at " + s)), cancel);

    /// <summary>Notes that all has arrived and was verified.</summary>
    public Task FinishAsync(string sha256, CancellationToken cancel) =>
        AddAsync((small && size == 0 ? head + "\n" : "") + "done " + sha256, cancel);

    private async Task AddAsync(string lines, CancellationToken cancel)
    {
        if (size < 0) size = (await target.StatAsync(path, cancel))?.Size ?? 0;
        var bytes = Encoding.UTF8.GetBytes((torn ? "\n" : "") + lines + "\n");
        var at = size;
        (size, torn) = (-1, true); // Should it fail, nobody knows how much of it stands there.
        await target.AppendAsync(path, at, new MemoryStream(bytes, writable: false), cancel);
        (size, torn) = (at + bytes.Length, false);
    }
}
