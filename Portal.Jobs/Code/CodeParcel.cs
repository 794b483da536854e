using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Code;

/// <summary>Sends a snapshot as one tar file: unpacked beside its place, counted and hashed there, then renamed.</summary>
internal sealed class CodeParcel(string scratchBelow)
{
    private const string Marker = ".portal-code";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Sends it, or finds it there already (a marker inside holds the tree's id).</summary>
    public async Task SendAsync(CodeSnapshot code, ISite site, string target, CancellationToken cancel)
    {
        var place = target.TrimEnd('/');
        var marker = MarkerOf(code.TreeHash);
        var (partial, tar) = (place + ".partial", place + ".partial.tar");
        if (await IsThereAsync(code.TreeHash, site, target, cancel)) return;

        await using var scratch = new Scratch(scratchBelow);
        var file = Path.Combine(scratch.Folder, "code.tar");
        var sums = await PackAsync(code, marker, file, cancel);
        await site.RemoveAsync(tar, cancel);
        string? arrived;
        await using (var content = File.OpenRead(file)) arrived = await site.AppendAsync(tar, 0, content, cancel);
        await using (var content = File.OpenRead(file))
            if (arrived is not null && arrived != Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel))) throw Damaged("the parcel's SHA-256 differs");
        await site.AppendAsync(tar + ".sums", 0, new MemoryStream(Encoding.UTF8.GetBytes(sums)), cancel);

        // One command: whatever was left half-way before goes first; the rename comes last. A folder without a marker is not ours.
        var unpacked = await site.RunAsync(string.Join('\n',
            $"p={Shell.Quote(partial)} t={Shell.Quote(tar)} d={Shell.Quote(place)}",
            "if [ -e \"$d\" ] && ! rmdir \"$d\" 2>/dev/null && ! [ -f \"$d/" + Marker + "\" ]; then echo occupied; exit 0; fi",
            "rm -rf \"$p\" && mkdir -p \"$p\" && tar -xf \"$t\" -C \"$p\" || exit 1",
            "(cd \"$p\" && sha256sum -c --quiet \"$t.sums\" >/dev/null && echo files $(find . -type f -o -type l | wc -l)) || exit 1",
            "rm -rf \"$d\" && mv \"$p\" \"$d\" && rm -f \"$t\" \"$t.sums\" && echo sent"), Limit, cancel);
        if (unpacked.Output.StartsWith("occupied", StringComparison.Ordinal))
            throw new PlaceException(FaultKind.Blocking, new(FailureName.PermissionDenied, $"Something else lies at {place}.", null, "Move it away."));
        var expected = string.Create(CultureInfo.InvariantCulture, $"files {code.Files + 1}\nsent\n");
        if (unpacked.ExitCode == 0 && unpacked.Output == expected) return;
        if (unpacked.Error.Contains("No space left", StringComparison.Ordinal) || unpacked.Error.Contains("quota", StringComparison.OrdinalIgnoreCase))
            throw new PlaceException(FaultKind.Blocking, new(FailureName.QuotaExceeded, "No room is left on the machine for the code.", unpacked.Error, "Make room there."));
        throw Damaged(unpacked.Error + unpacked.Output);
    }

    /// <summary>Whether a tree lies there, by the marker in it.</summary>
    public static async Task<bool> IsThereAsync(string treeHash, ISite site, string target, CancellationToken cancel)
    {
        var marker = Shell.Quote(target.TrimEnd('/') + "/" + Marker);
        return (await site.RunAsync($"cat {marker} 2>/dev/null", Limit, cancel)).Output == MarkerOf(treeHash);
    }

    private static string MarkerOf(string treeHash) => "tree " + treeHash + "\n";

    private static PlaceException Damaged(string evidence) => new(FaultKind.Transient,
        new(FailureName.IntegrityMismatch, "The code that arrived is not the code that was sent.", evidence, "It is sent again."));

    // The same snapshot gives the same bytes: names in order, no times, no owners. Returns the files' hashes as sha256sum checks them.
    private static async Task<string> PackAsync(CodeSnapshot code, string marker, string file, CancellationToken cancel)
    {
        var sums = new StringBuilder();
        await using var stream = File.Create(file);
        await using var tar = new TarWriter(stream, TarEntryFormat.Pax);
        var all = new DirectoryInfo(code.Folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(e => (Entry: e, Name: Path.GetRelativePath(code.Folder, e.FullName))).OrderBy(e => e.Name, StringComparer.Ordinal);
        foreach (var (entry, name) in all)
        {
            var link = entry.LinkTarget;
            var type = link is not null ? TarEntryType.SymbolicLink : entry is DirectoryInfo ? TarEntryType.Directory : TarEntryType.RegularFile;
            var run = type == TarEntryType.Directory || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
            var packed = new PaxTarEntry(type, name) { Mode = (UnixFileMode)(run ? 0b111_101_101 : 0b110_100_100), ModificationTime = DateTimeOffset.UnixEpoch };
            if (link is not null) packed.LinkName = link;
            if (type != TarEntryType.RegularFile)
            {
                await tar.WriteEntryAsync(packed, cancel);
                continue;
            }
            await using var data = File.OpenRead(entry.FullName);
            sums.Append(Line(Convert.ToHexStringLower(await SHA256.HashDataAsync(data, cancel)), name));
            data.Position = 0;
            packed.DataStream = data;
            await tar.WriteEntryAsync(packed, cancel);
        }
        var bytes = Encoding.UTF8.GetBytes(marker);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, Marker)
        {
            DataStream = new MemoryStream(bytes),
            ModificationTime = DateTimeOffset.UnixEpoch,
        }, cancel);
        return sums.Append(Line(Convert.ToHexStringLower(SHA256.HashData(bytes)), Marker)).ToString();
    }

    // sha256sum(1) writes a backslash before the line when a name has one or a line end.
    private static string Line(string hash, string name)
    {
        var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return (escaped == name ? "" : "\\") + hash + "  ./" + escaped + "\n";
    }
}
