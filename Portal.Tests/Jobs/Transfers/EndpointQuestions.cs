using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

/// What is asked of every server that files are read from and written to.
public abstract class EndpointQuestions(DataServer server) : IDisposable
{
    protected static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly string machine = Directory.CreateTempSubdirectory("portal-machine-").FullName;
    private readonly List<TransferProgress> told = [];

    protected DataServer Server => server;

    /// Whether its lists say when a file was changed.
    protected virtual bool TellsTime => true;

    public void Dispose()
    {
        Directory.Delete(machine, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with blank.txt")]
    [InlineData("a#b?c%20d.txt")]
    [InlineData("quote'\"back\\slash.txt")]
    [InlineData("ünï–☃.txt")]
    [InlineData("deep/er/{a,b}[1-3].txt")]
    public async Task A_name_means_itself(string name)
    {
        var files = Server.Files();
        Assert.Null(await files.StatAsync("names/" + name, Cancel));
        await files.AppendAsync("names/" + name, 0, Text("hello "), Cancel);
        await files.AppendAsync("names/" + name, 6, Text("world"), Cancel);
        Assert.Equal("hello world", await File.ReadAllTextAsync(Path.Combine(Server.Data, "names", name), Cancel));
        Assert.Equal(11, (await files.StatAsync("names/" + name, Cancel))!.Size);
        Assert.Equal("world", await ReadAsync(files, "names/" + name, 6));
        await files.RenameAsync("names/" + name, "names/" + name + ".new", Cancel);
        var folder = "names/" + name;
        var listed = await files.ListAsync(folder[..folder.LastIndexOf('/')], Cancel);
        Assert.Contains(listed, f => f.Path == folder + ".new" && f.Size == 11 && (!TellsTime || f.Modified is not null));
        await files.RemoveAsync(folder + ".new", Cancel);
        Assert.Null(await files.StatAsync(folder + ".new", Cancel));
    }

    [Fact]
    public async Task Folders_are_made_told_and_removed_with_all_in_them()
    {
        var files = Server.Files();
        await files.MakeFolderAsync("tree/one two", Cancel);
        await files.MakeFolderAsync("tree/one two", Cancel);
        await files.AppendAsync("tree/one two/empty", 0, Stream.Null, Cancel);
        Assert.True((await files.StatAsync("tree/one two", Cancel))!.IsFolder);
        Assert.Equal(0, (await files.StatAsync("tree/one two/empty", Cancel))!.Size);
        Assert.Equal("", await ReadAsync(files, "tree/one two/empty", 0));
        await files.RemoveAsync("tree", Cancel);
        await files.RemoveAsync("tree", Cancel);
        Assert.False(Directory.Exists(Path.Combine(Server.Data, "tree")));
    }

    [Fact]
    public async Task What_is_not_there_is_final()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(Server.Files(), "nowhere.bin", 0));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (fault.Kind, fault.Failure.Name));
        fault = await Assert.ThrowsAsync<PlaceException>(() => Server.Files().ListAsync("no such folder", Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_wrong_password_blocks_and_is_not_shown()
    {
        var files = Server.Files(secret: new("demo", "wrong-Pa55word"));
        var fault = await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.LoginRefused), (fault.Kind, fault.Failure.Name));
        Assert.DoesNotContain("wrong-Pa55word", fault.ToString() + fault.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_unreachable()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Server.Files(DataServer.FreePort()).StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_cut_connection_is_no_end_of_file()
    {
        await File.WriteAllBytesAsync(Path.Combine(Server.Data, "cut.bin"), new byte[4 << 20], Cancel);
        await using var way = Server.Through(1 << 20);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(way.Files, "cut.bin", 0));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task An_input_that_was_cut_goes_on_from_there()
    {
        var bytes = RandomNumberGenerator.GetBytes(6 << 20);
        await File.WriteAllBytesAsync(Path.Combine(Server.Data, "input.bin"), bytes, Cancel);
        TransferRequest Request(IFiles from) => new(from, "input.bin", new FolderFiles(machine), "input.bin");
        await using (var way = Server.Through(4 << 20))
            await Assert.ThrowsAsync<PlaceException>(() => MoveAsync(Request(way.Files)));
        Assert.Equal(new(bytes.Length, Hash(bytes), false), await MoveAsync(Request(Server.Files())));
        Assert.True(told[^1].ResumedFrom > 0);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(machine, "input.bin"), Cancel));
    }

    [Fact]
    public async Task A_result_that_was_cut_goes_on_from_there_and_is_read_back()
    {
        var bytes = RandomNumberGenerator.GetBytes(5 << 20);
        await File.WriteAllBytesAsync(Path.Combine(machine, "result.csv"), bytes, Cancel);
        TransferRequest Request(IFiles to) => new(new FolderFiles(machine), "result.csv", to, "results/of run/result.csv");
        await using (var way = Server.Through(3 << 20))
            await Assert.ThrowsAsync<PlaceException>(() => MoveAsync(Request(way.Files)));
        Assert.Equal(new(bytes.Length, Hash(bytes), false), await MoveAsync(Request(Server.Files())));
        Assert.True(told[^1].ResumedFrom > 0);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(Server.Data, "results/of run/result.csv"), Cancel));
        Assert.True((await MoveAsync(Request(Server.Files()))).Reused);
    }

    private async Task<TransferReceipt> MoveAsync(TransferRequest request)
    {
        try
        {
            return await new StreamingTransfers(TimeProvider.System).MoveAsync(request, progress =>
            {
                told.Add(progress);
                return ValueTask.CompletedTask;
            }, Cancel);
        }
        catch (PlaceException fault)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(fault.Failure.ToString());
            throw;
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    protected static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    protected static async Task<string> ReadAsync(IFiles files, string path, long offset)
    {
        await using var stream = await files.ReadAsync(path, offset, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
