using System.IO.Compression;
using System.Text;
using Portal.Cli.Audit;
using Portal.EventStore;
using Portal.Tests.EventStore.Archives;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Cli;

/// <summary>The file of an archive, verified by the command line alone.</summary>
public sealed class ArchiveFileTests(PostgresFixture postgres) : IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_verifies_alone_and_what_was_done_to_it_is_named()
    {
        string file, keys;
        await using (var ground = await ArchiveGround.MakeAsync(postgres))
        {
            file = Path.Combine(shell.Folder, "archive.zip");
            keys = await File.ReadAllTextAsync(ground.KeysFile, Cancel);
            File.Copy(ground.PathOf(await ground.ArchiveAsync(1, 2, 4)), file);
        }
        var keysFile = Path.Combine(shell.Folder, "keys.pem");
        await File.WriteAllTextAsync(keysFile, keys, Cancel);
        var told = await shell.RunAsync("", null, "audit", "verify", file, "--keys", keysFile);
        Assert.Equal(0, told.ExitCode);
        Assert.Contains("nothing: all is as it was", told.Output);

        (string Part, Func<string[], IEnumerable<string>> Edit, StoreFaultKind Kind)[] edits =
        [
            ("events.jsonl", lines => [.. lines[..3], lines[3].Replace(":\"größer", ":\"kleiner", StringComparison.Ordinal)
                .Replace("\"amount\":", "\"amount\":1", StringComparison.Ordinal), .. lines[4..]], StoreFaultKind.Edited),
            ("events.jsonl", lines => [.. lines[..4], .. lines[5..]], StoreFaultKind.Removed),
            ("events.jsonl", lines => [.. lines[..4], lines[4].Replace("\"position\":", "\"position\":9", StringComparison.Ordinal),
                .. lines[4..]], StoreFaultKind.Inserted),
            ("events.jsonl", lines => [.. lines[..4], lines[5], lines[4], .. lines[6..]], StoreFaultKind.Reordered),
            ("streams.txt", lines => lines.Reverse(), StoreFaultKind.FileChanged),
            ("manifest-sha256.txt", lines => lines.Reverse(), StoreFaultKind.FileChanged),
            ("added.txt", _ => ["x"], StoreFaultKind.FileAdded),
        ];
        foreach (var (part, edit, kind) in edits)
            Assert.Equal(kind, (await CheckAsync(file, keys, zip => Edit(zip, part, edit)))?.Kind);
        Assert.Equal(StoreFaultKind.FileMissing, (await CheckAsync(file, keys, zip => zip.GetEntry("streams.txt")!.Delete()))?.Kind);
        // The end, from the events alone and from their proof as well.
        Assert.Equal(StoreFaultKind.Removed, (await CheckAsync(file, keys, zip => Edit(zip, "events.jsonl", lines => lines[..^1])))?.Kind);
        Assert.Equal(StoreFaultKind.CutOff, (await CheckAsync(file, keys, zip =>
        {
            Edit(zip, "events.jsonl", lines => lines[..^1]);
            var proof = EventProof.Parse(Encoding.UTF8.GetBytes(Text(zip, "proof.json")));
            Put(zip, "proof.json", Encoding.UTF8.GetString((proof with { Events = [.. proof.Events.SkipLast(2), proof.Events[^1]] }).ToBytes()));
        }))?.Kind);
        using var foreign = SealKey.LoadOrCreate(Path.Combine(shell.Folder, "foreign.pem"));
        Assert.Equal(StoreFaultKind.KeyUnknown, (await CheckAsync(file, foreign.PublicPem, _ => { }))?.Kind);
        Assert.Null(await CheckAsync(file, keys, _ => { }));
    }

    public void Dispose() => shell.Dispose();

    private async Task<StoreFault?> CheckAsync(string file, string keys, Action<ZipArchive> edit)
    {
        var copy = Path.Combine(shell.Folder, "changed.zip");
        File.Copy(file, copy, overwrite: true);
        using (var zip = ZipFile.Open(copy, ZipArchiveMode.Update)) edit(zip);
        return (await new ExportCheck(keys).RunAsync(copy, Cancel)).Fault;
    }

    private static void Edit(ZipArchive zip, string part, Func<string[], IEnumerable<string>> edit) => Put(zip, part,
        string.Concat(edit(zip.GetEntry(part) is null ? [] : Text(zip, part).TrimEnd('\n').Split('\n')).Select(line => $"{line}\n")));

    private static string Text(ZipArchive zip, string part)
    {
        using var text = new StreamReader(zip.GetEntry(part)!.Open());
        return text.ReadToEnd();
    }

    private static void Put(ZipArchive zip, string part, string text)
    {
        zip.GetEntry(part)?.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(part).Open());
        writer.Write(text);
    }
}
