using System.Security.Cryptography;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Transfers;

public sealed class HttpEndpointTests(HttpServer server) : IClassFixture<HttpServer>, IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly string machine = Directory.CreateTempSubdirectory("portal-machine-").FullName;
    private readonly List<TransferProgress> told = [];

    public void Dispose() => Directory.Delete(machine, recursive: true);

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a#b?c%20d.txt")]
    [InlineData("quote'\"back\\slash.txt")]
    [InlineData("ünï {a,b}[1-3].txt")]
    public async Task A_name_means_itself(string name)
    {
        await File.WriteAllTextAsync(server.At(name), "hello world", Cancel);
        foreach (var files in new[] { server.Files("files"), server.Secure("files"), server.Files("moved"), server.Secure("moved") })
        {
            var there = (await files.StatAsync(name, Cancel))!;
            Assert.Equal(11, there.Size);
            Assert.Equal(File.GetLastWriteTimeUtc(server.At(name)), there.Modified!.Value.UtcDateTime, TimeSpan.FromSeconds(1));
            Assert.Equal("world", await ReadAsync(files, name, 6));
        }
    }

    [Fact]
    public async Task A_query_goes_along() =>
        Assert.Equal("data.csv?year=2026&q=a%20b", await ReadAsync(server.Files("asked", query: "?year=2026&q=a%20b"), "data.csv", 0));

    [Fact]
    public async Task What_is_not_there_is_final()
    {
        Assert.Null(await server.Files("nowhere").StatAsync("a.bin", Cancel));
        await FaultsAsync(server.Files("nowhere"), FaultKind.Final, FailureName.InputMissing);
    }

    [Fact]
    public async Task A_login_opens_and_a_wrong_password_blocks_and_is_not_shown()
    {
        await File.WriteAllTextAsync(server.At("guarded.txt"), "in", Cancel);
        Assert.Equal("in", await ReadAsync(server.Files("guarded", new("demo", HttpServer.Password)), "guarded.txt", 0));
        var fault = await FaultsAsync(server.Files("guarded", new("demo", "wrong-Pa55word")), FaultKind.Blocking, FailureName.LoginRefused);
        Assert.DoesNotContain("wrong-Pa55word", fault.ToString() + fault.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_busy_or_gone_is_tried_again()
    {
        await FaultsAsync(server.Files("busy"), FaultKind.Transient, FailureName.Unreachable);
        var gone = new Portal.Jobs.Transfers.Curl.CurlEndpoints(EndpointSettings.Default with { Outgoing = Reach.Gate }).Open(
            new("http", "127.0.0.1", DataServer.FreePort()), null);
        await FaultsAsync(gone, FaultKind.Transient, FailureName.Unreachable);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_blocks_and_no_redirect_leads_out_of_encryption()
    {
        var fault = await FaultsAsync(server.Secure("files", trusted: false), FaultKind.Blocking, FailureName.Unreachable);
        Assert.Contains("certificate", fault.Failure.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(server.At("a.bin"), "x", Cancel);
        Assert.Equal("x", await ReadAsync(server.Files("leads-out"), "a.bin", 0));
        await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(server.Secure("leads-out"), "a.bin", 0));
    }

    [Fact]
    public async Task It_is_connected_to_the_address_that_was_looked_at_and_the_name_is_asked_for_once()
    {
        await File.WriteAllTextAsync(server.At("a.bin"), "x", Cancel);
        // curl could not resolve this name; a second answer would lead elsewhere.
        var known = server.By(Reach.Knowing(Reach.Here, "127.0.0.1", "169.254.169.254"), Reach.Named, "files");
        Assert.Equal("x", await ReadAsync(known, "a.bin", 0));
        var fault = await Assert.ThrowsAsync<PlaceException>(
            () => ReadAsync(server.By(Reach.Knowing("*", "127.0.0.1"), Reach.Named, "files"), "a.bin", 0));
        Assert.Equal((FaultKind.Blocking, FailureName.AddressRefused), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_redirect_is_looked_at_like_any_address_and_takes_no_password_elsewhere()
    {
        await File.WriteAllTextAsync(server.At("a.bin"), "hello", Cancel);
        var secret = new EndpointSecret("demo", HttpServer.Password);
        var gate = new OutgoingGate(new() { Allow = "*,127.0.0.1" });
        server.LeadsTo = $"http://127.0.0.1:{server.Port}";
        Assert.Equal(5, (await server.By(gate, "127.0.0.1", "leads", secret).StatAsync("a.bin", Cancel))!.Size);
        Assert.Equal("llo", await ReadAsync(server.By(gate, "127.0.0.1", "leads", secret), "a.bin", 2));
        Assert.StartsWith("Basic ", server.Shown, StringComparison.Ordinal);
        var elsewhere = server.By(Reach.Knowing(Reach.Here, "127.0.0.1"), Reach.Named, "leads", secret);
        Assert.Equal("llo", await ReadAsync(elsewhere, "a.bin", 2));
        Assert.Null(server.Shown);
        server.LeadsTo = $"http://127.0.0.2:{server.Port}";
        foreach (var act in (Func<IFiles, Task>[])[files => files.StatAsync("a.bin", Cancel), files => ReadAsync(files, "a.bin", 0)])
        {
            var fault = await Assert.ThrowsAsync<PlaceException>(() => act(server.By(gate, "127.0.0.1", "leads")));
            Assert.Equal(FailureName.AddressRefused, fault.Failure.Name);
        }
        server.LeadsTo = $"http://127.0.0.1:{server.Port}/leads/round";
        await FaultsAsync(server.By(gate, "127.0.0.1", "leads"), FaultKind.Final, FailureName.InvalidDescription);
    }

    [Fact]
    public async Task An_input_that_was_cut_goes_on_from_there_where_the_server_knows_ranges()
    {
        var bytes = await CutAsync("cut", "ranges.bin");
        Assert.Equal(new(bytes.Length, Hash(bytes), false), await MoveAsync("cut", "ranges.bin"));
        Assert.InRange(server.From!.Value, 1, told[^1].ResumedFrom);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(machine, "ranges.bin"), Cancel));
    }

    [Fact]
    public async Task Without_ranges_what_is_there_is_passed_over()
    {
        var bytes = await CutAsync("whole", "whole.bin");
        Assert.Equal(new(bytes.Length, Hash(bytes), false), await MoveAsync("whole", "whole.bin"));
        Assert.True(told[^1].ResumedFrom > 0);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(machine, "whole.bin"), Cancel));
    }

    [Fact]
    public async Task A_file_whose_size_is_not_told_arrives_too()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await File.WriteAllBytesAsync(server.At("streamed.bin"), bytes, Cancel);
        Assert.Equal(FileStat.UnknownSize, (await server.Files("streamed").StatAsync("streamed.bin", Cancel))!.Size);
        Assert.Equal(new(bytes.Length, Hash(bytes), false), await MoveAsync("streamed", "streamed.bin"));
    }

    [Fact]
    public async Task It_is_read_and_not_written()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => server.Files("files").AppendAsync("a", 0, Stream.Null, Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InvalidDescription), (fault.Kind, fault.Failure.Name));
    }

    private async Task<byte[]> CutAsync(string habit, string name)
    {
        var bytes = RandomNumberGenerator.GetBytes(6 << 20);
        await File.WriteAllBytesAsync(server.At(name), bytes, Cancel);
        server.CutAt = 4 << 20;
        var fault = await Assert.ThrowsAsync<PlaceException>(() => MoveAsync(habit, name));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        Assert.False(File.Exists(Path.Combine(machine, name)));
        return bytes;
    }

    private async Task<TransferReceipt> MoveAsync(string habit, string name) => await new StreamingTransfers(TimeProvider.System).MoveAsync(
        new(server.Files(habit), name, new FolderFiles(machine), name), progress =>
        {
            told.Add(progress);
            return ValueTask.CompletedTask;
        }, Cancel);

    private static async Task<PlaceException> FaultsAsync(IFiles files, FaultKind kind, FailureName name)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(files, "a.bin", 0));
        Assert.Equal((kind, name), (fault.Kind, fault.Failure.Name));
        return fault;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<string> ReadAsync(IFiles files, string path, long offset)
    {
        await using var stream = await files.ReadAsync(path, offset, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
