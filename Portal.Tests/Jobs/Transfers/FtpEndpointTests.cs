using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

public sealed class FtpEndpointTests(FtpServer server) : IClassFixture<FtpServer>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with blank.txt")]
    [InlineData("a#b?c%20d.txt")]
    [InlineData("quote'\"back\\slash.txt")]
    [InlineData("ünï–☃.txt")]
    [InlineData("deep/er/{a,b}[1-3].txt")]
    public async Task A_name_means_itself(string name)
    {
        var files = server.Files();
        Assert.Null(await files.StatAsync("names/" + name, Cancel));
        await files.AppendAsync("names/" + name, 0, Text("hello "), Cancel);
        await files.AppendAsync("names/" + name, 6, Text("world"), Cancel);
        Assert.Equal("hello world", await File.ReadAllTextAsync(Path.Combine(server.Data, "names", name), Cancel));
        Assert.Equal(11, (await files.StatAsync("names/" + name, Cancel))!.Size);
        Assert.Equal("world", await ReadAsync(files, "names/" + name, 6));
        await files.RenameAsync("names/" + name, "names/" + name + ".new", Cancel);
        var folder = "names/" + name;
        var listed = await files.ListAsync(folder[..folder.LastIndexOf('/')], Cancel);
        Assert.Contains(listed, f => f.Path == folder + ".new" && f.Size == 11 && f.Modified is not null);
        await files.RemoveAsync(folder + ".new", Cancel);
        Assert.Null(await files.StatAsync(folder + ".new", Cancel));
    }

    [Fact]
    public async Task Folders_are_made_told_and_removed_with_all_in_them()
    {
        var files = server.Files();
        await files.MakeFolderAsync("tree/one two", Cancel);
        await files.MakeFolderAsync("tree/one two", Cancel);
        await files.AppendAsync("tree/one two/empty", 0, Stream.Null, Cancel);
        Assert.True((await files.StatAsync("tree/one two", Cancel))!.IsFolder);
        Assert.Equal(0, (await files.StatAsync("tree/one two/empty", Cancel))!.Size);
        Assert.Equal("", await ReadAsync(files, "tree/one two/empty", 0));
        await files.RemoveAsync("tree", Cancel);
        await files.RemoveAsync("tree", Cancel);
        Assert.False(Directory.Exists(Path.Combine(server.Data, "tree")));
    }

    [Fact]
    public async Task What_is_not_there_is_final()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(server.Files(), "nowhere.bin", 0));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (fault.Kind, fault.Failure.Name));
        fault = await Assert.ThrowsAsync<PlaceException>(() => server.Files().ListAsync("no such folder", Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_wrong_password_blocks_and_is_not_shown()
    {
        var files = server.Endpoints.Open(new("ftp", "127.0.0.1", server.Port), new("demo", "wrong-Pa55word"));
        var fault = await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.LoginRefused), (fault.Kind, fault.Failure.Name));
        Assert.DoesNotContain("wrong-Pa55word", fault.ToString() + fault.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_unreachable()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => server.Files(FtpServer.FreePort()).StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_server_without_room_blocks()
    {
        // The server's limit is 8 MiB a file: as many lie there already.
        await File.WriteAllBytesAsync(Path.Combine(server.Data, "big.bin"), new byte[8 << 20], Cancel);
        var fault = await Assert.ThrowsAsync<PlaceException>(
            () => server.Files().AppendAsync("big.bin", 8 << 20, new MemoryStream(new byte[1000]), Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.QuotaExceeded), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_cut_or_stalled_connection_is_no_end_of_file()
    {
        await File.WriteAllBytesAsync(Path.Combine(server.Data, "cut.bin"), new byte[4 << 20], Cancel);
        await using var proxy = new CuttingProxy(server.Port) { CutAt = 1 << 20 };
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(server.Files(proxy.Port), "cut.bin", 0));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        proxy.StallAt = 1 << 20;
        proxy.Reset();
        fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(server.Files(proxy.Port), "cut.bin", 0));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Theory]
    [InlineData("a\nQUIT")]
    [InlineData("a\r\nDELE x")]
    [InlineData("../../etc/passwd")]
    public async Task Paths_that_could_mean_more_are_refused(string path)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => server.Files().RemoveAsync(path, Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InvalidDescription), (fault.Kind, fault.Failure.Name));
    }

    [Theory]
    [InlineData("file", "host")]
    [InlineData("ftp", "-oProxyCommand")]
    [InlineData("ftp", "host/../x")]
    public void Addresses_that_are_none_are_refused(string scheme, string host) =>
        Assert.Throws<PlaceException>(() => server.Endpoints.Open(new EndpointAddress(scheme, host), null));

    [Fact]
    public async Task Nothing_secret_is_on_a_command_line_or_in_an_environment()
    {
        await File.WriteAllBytesAsync(Path.Combine(server.Data, "slow.bin"), new byte[4 << 20], Cancel);
        await using var proxy = new CuttingProxy(server.Port) { StallAt = 0 };
        await using var stream = await server.Files(proxy.Port).ReadAsync("slow.bin", 0, Cancel);
        var seen = 0;
        foreach (var process in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            foreach (var file in new[] { "cmdline", "environ" })
            {
                string text;
                try
                {
                    text = await File.ReadAllTextAsync(Path.Combine(process, file), Cancel);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    continue; // gone, or not ours
                }
                seen++;
                Assert.DoesNotContain(FtpServer.Password, text, StringComparison.Ordinal);
            }
        Assert.True(seen > 0);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(IFiles files, string path, long offset)
    {
        await using var stream = await files.ReadAsync(path, offset, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
