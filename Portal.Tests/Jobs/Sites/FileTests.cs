using System.Security.Cryptography;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Sites;

public sealed class FileTests(SshdFixture sshd) : IClassFixture<SshdFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Some(string name) => Path.Combine(sshd.Folder, "files", name);

    [Fact]
    public async Task A_file_grows_from_its_offset_and_reads_back_from_any()
    {
        await using var site = await sshd.ConnectAsync();
        var bytes = new byte[9_000_001];
        new Random(7).NextBytes(bytes);
        var path = Some("new/é '\n!\\ ü/big");
        await site.AppendAsync(path, 0, new MemoryStream(bytes, 0, 4_000_003), Cancel);
        await site.AppendAsync(path, 4_000_003, new MemoryStream(bytes, 4_000_003, bytes.Length - 4_000_003), Cancel);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await site.HashAsync(path, null, Cancel));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, 5_000))), await site.HashAsync(path, 5_000, Cancel));
        foreach (var offset in (long[])[0, 1, 8_999_999, 9_000_001])
        {
            await using var stream = await site.ReadAsync(path, offset, Cancel);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancel);
            Assert.True(copy.ToArray().AsSpan().SequenceEqual(bytes.AsSpan((int)offset)));
        }
        Assert.Equal(9_000_001, (await site.StatAsync(path, Cancel))!.Size);
    }

    [Fact]
    public async Task Appending_elsewhere_than_at_the_end_changes_nothing()
    {
        await using var site = await sshd.ConnectAsync();
        var path = Some("short");
        await site.AppendAsync(path, 0, new MemoryStream("1234"u8.ToArray()), Cancel);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => site.AppendAsync(path, 3, new MemoryStream([1]), Cancel));
        Assert.Equal(FailureName.IntegrityMismatch, fault.Failure.Name);
        Assert.Equal("1234", await File.ReadAllTextAsync(path, Cancel));
        var beyond = await Assert.ThrowsAsync<PlaceException>(() => site.ReadAsync(path, 5, Cancel));
        Assert.Equal(FaultKind.Final, beyond.Kind);
    }

    [Fact]
    public async Task What_is_missing_full_or_a_folder_has_a_name()
    {
        await using var site = await sshd.ConnectAsync();
        Assert.Null(await site.StatAsync(Some("missing/file"), Cancel));
        var missing = await Assert.ThrowsAsync<PlaceException>(() => site.ReadAsync(Some("missing"), 0, Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (missing.Kind, missing.Failure.Name));
        await Assert.ThrowsAsync<PlaceException>(() => site.ReadAsync(sshd.Folder, 0, Cancel));
        await Assert.ThrowsAsync<PlaceException>(() => site.ListAsync(Some("missing"), Cancel));
        var unhashed = await Assert.ThrowsAsync<PlaceException>(() => site.HashAsync(Some("missing"), null, Cancel));
        Assert.Equal(FailureName.InputMissing, unhashed.Failure.Name);
        var full = await Assert.ThrowsAsync<PlaceException>(() =>
            site.AppendAsync("/dev/full", 0, new MemoryStream(new byte[5_000_000]), Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.QuotaExceeded), (full.Kind, full.Failure.Name));
    }

    [Fact]
    public async Task Folders_are_listed_with_odd_names_and_links_followed()
    {
        await using var site = await sshd.ConnectAsync();
        var folder = Some("list");
        await site.MakeFolderAsync(folder + "/sub", Cancel);
        await site.MakeFolderAsync(folder + "/sub", Cancel);
        string[] names = [" a\nb", "-n", "é'\"$(x)", "plain"];
        foreach (var name in names) await File.WriteAllTextAsync(Path.Combine(folder, name), "123", Cancel);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), Path.Combine(folder, "sub"));
        var found = await site.ListAsync(folder, Cancel);
        Assert.Equal(names.Select(name => Path.Combine(folder, name)).Order(StringComparer.Ordinal),
            found.Where(entry => !entry.IsFolder).Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.Equal(2, found.Count(entry => entry.IsFolder));
        Assert.All(found.Where(entry => !entry.IsFolder), entry => Assert.Equal(3, entry.Size));
        Assert.Empty(await site.ListAsync(folder + "/sub", Cancel));
    }

    [Fact]
    public async Task Renaming_replaces_and_removing_is_careful()
    {
        await using var site = await sshd.ConnectAsync();
        await site.AppendAsync(Some("r/a"), 0, new MemoryStream([1]), Cancel);
        await site.AppendAsync(Some("r/b"), 0, new MemoryStream([1, 2]), Cancel);
        await site.RenameAsync(Some("r/a"), Some("r/b"), Cancel);
        Assert.Equal(1, (await site.StatAsync(Some("r/b"), Cancel))!.Size);
        await site.RemoveAsync(Some("r"), Cancel);
        await site.RemoveAsync(Some("r"), Cancel);
        Assert.Null(await site.StatAsync(Some("r"), Cancel));
        foreach (var path in (string[])["", "/", "//", "relative", "/a/../b", "/."])
            await Assert.ThrowsAsync<ArgumentException>(() => site.RemoveAsync(path, Cancel));
    }
}
