using System.Security.Cryptography;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

public sealed class StreamingTransferTests(FtpServer server) : IClassFixture<FtpServer>, IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly StreamingTransfers transfers = new(TimeProvider.System);
    private readonly string machine = Directory.CreateTempSubdirectory("portal-machine-").FullName;
    private readonly List<TransferProgress> told = [];

    public void Dispose() => Directory.Delete(machine, recursive: true);

    [Theory]
    [InlineData("zero.bin", 0)]
    [InlineData("one byte.bin", 1)]
    [InlineData("ünï 100%#.bin", 3_000_001)]
    public async Task A_file_arrives_whole_and_hashed(string name, int size)
    {
        var bytes = await PutAsync(name, size);
        var receipt = await MoveAsync(name);
        Assert.Equal(new(size, Hash(bytes), false), receipt);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(At(name), Cancel));
        Assert.Equal(new(size, size, 0), told[^1]);
        Assert.False(File.Exists(At(name) + ".part"));
        Assert.True((await MoveAsync(name)).Reused);
        await transfers.ForgetAsync(Request(name), Cancel);
        Assert.Equal([At(name)], Directory.GetFiles(machine));
    }

    [Fact]
    public async Task After_a_cut_only_the_rest_is_sent()
    {
        const int size = 6 << 20, cut = 4 << 20;
        var bytes = await PutAsync("cut.bin", size);
        await using var proxy = new CuttingProxy(server.Port) { CutAt = cut };
        var fault = await Assert.ThrowsAsync<PlaceException>(() => MoveAsync("cut.bin", proxy.Port));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        var there = new FileInfo(At("cut.bin") + ".part").Length;
        Assert.InRange(there, 1, cut);
        proxy.Reset();
        Assert.Equal(new(size, Hash(bytes), false), await MoveAsync("cut.bin", proxy.Port));
        Assert.InRange(proxy.Passed, size - there, size - there + (1 << 16));
        Assert.Equal(there, told[^1].ResumedFrom);
    }

    [Fact]
    public async Task What_the_target_lost_or_turned_is_found_and_sent_again()
    {
        var bytes = await CutHalfWayAsync("turned.bin");
        var part = await File.ReadAllBytesAsync(At("turned.bin") + ".part", Cancel);
        part[1000] ^= 1;
        await File.WriteAllBytesAsync(At("turned.bin") + ".part", part, Cancel);
        Assert.Equal(Hash(bytes), (await MoveAsync("turned.bin")).Sha256);
        Assert.Equal(0, told[^1].ResumedFrom);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(At("turned.bin"), Cancel));
    }

    [Fact]
    public async Task A_part_cut_back_by_a_crash_is_gone_on_from()
    {
        var bytes = await CutHalfWayAsync("crash.bin");
        await using (var part = File.OpenWrite(At("crash.bin") + ".part")) part.SetLength(part.Length - 12_345);
        await File.AppendAllTextAsync(At("crash.bin") + ".journal", "at 123:torn", Cancel);
        Assert.Equal(Hash(bytes), (await MoveAsync("crash.bin")).Sha256);
        Assert.True(told[^1].ResumedFrom > 0);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(At("crash.bin"), Cancel));
    }

    [Fact]
    public async Task A_source_changed_between_attempts_is_sent_from_the_start()
    {
        await CutHalfWayAsync("changed.bin");
        var bytes = await PutAsync("changed.bin", 6 << 20);
        File.SetLastWriteTimeUtc(Path.Combine(server.Data, "changed.bin"), DateTime.UtcNow.AddMinutes(-10));
        Assert.Equal(Hash(bytes), (await MoveAsync("changed.bin")).Sha256);
        Assert.Equal(0, told[^1].ResumedFrom);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(At("changed.bin"), Cancel));
    }

    [Fact]
    public async Task Results_go_to_a_server_that_cannot_hash_and_are_read_back()
    {
        var bytes = RandomNumberGenerator.GetBytes(5 << 20);
        await File.WriteAllBytesAsync(At("result.csv"), bytes, Cancel);
        await using var proxy = new CuttingProxy(server.Port) { CutAt = 3 << 20 };
        TransferRequest To(int port) => new(new FolderFiles(machine), "result.csv", server.Files(port), "results/of run/result.csv");
        await Assert.ThrowsAsync<PlaceException>(() => transfers.MoveAsync(To(proxy.Port), Tell, Cancel));
        Assert.Equal(new(5 << 20, Hash(bytes), false), await transfers.MoveAsync(To(server.Port), Tell, Cancel));
        Assert.True(told[^1].ResumedFrom > 0);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(server.Data, "results/of run/result.csv"), Cancel));
        Assert.True((await transfers.MoveAsync(To(server.Port), Tell, Cancel)).Reused);
    }

    [Fact]
    public async Task Stopped_half_way_it_leaves_the_part_and_no_curl()
    {
        await PutAsync("stop.bin", 6 << 20);
        await using var proxy = new CuttingProxy(server.Port) { StallAt = 2 << 20, CutAt = long.MaxValue };
        using var stop = new CancellationTokenSource();
        var request = new TransferRequest(server.Files(proxy.Port), "stop.bin", new StoppingFolder(machine, stop), "stop.bin");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfers.MoveAsync(request, Tell, stop.Token));
        Assert.True(new FileInfo(At("stop.bin") + ".part").Length > 0);
        Assert.False(File.Exists(At("stop.bin")));
        Assert.True((await MoveAsync("stop.bin")).Bytes == 6 << 20 && told[^1].ResumedFrom > 0);
    }

    [Fact]
    public async Task A_missing_input_is_final_and_a_folder_is_none()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => MoveAsync("missing.bin"));
        Assert.Equal((FaultKind.Final, FailureName.InputMissing), (fault.Kind, fault.Failure.Name));
        Directory.CreateDirectory(Path.Combine(server.Data, "folder"));
        fault = await Assert.ThrowsAsync<PlaceException>(() => MoveAsync("folder"));
        Assert.Equal((FaultKind.Final, FailureName.InvalidDescription), (fault.Kind, fault.Failure.Name));
    }

    private async Task<byte[]> CutHalfWayAsync(string name)
    {
        var bytes = await PutAsync(name, 6 << 20);
        await using var proxy = new CuttingProxy(server.Port) { CutAt = 4 << 20 };
        await Assert.ThrowsAsync<PlaceException>(() => MoveAsync(name, proxy.Port));
        return bytes;
    }

    private Task<TransferReceipt> MoveAsync(string name, int? port = null) => transfers.MoveAsync(Request(name, port), Tell, Cancel);

    private TransferRequest Request(string name, int? port = null) => new(server.Files(port), name, new FolderFiles(machine), name);

    private ValueTask Tell(TransferProgress progress)
    {
        told.Add(progress);
        return ValueTask.CompletedTask;
    }

    private string At(string name) => Path.Combine(machine, name);

    private async Task<byte[]> PutAsync(string name, int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        await File.WriteAllBytesAsync(Path.Combine(server.Data, name), bytes, Cancel);
        return bytes;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// Stops the transfer once a mebibyte has been written.
    private sealed class StoppingFolder(string root, CancellationTokenSource stop) : FolderFiles(root)
    {
        public override Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel) =>
            base.AppendAsync(path, offset, path.EndsWith(".part", StringComparison.Ordinal) ? new Counting(content, stop) : content, cancel);
    }

    private sealed class Counting(Stream inner, CancellationTokenSource stop) : MemoryStream
    {
        private long read;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = inner.Read(buffer, offset, count);
            if ((read += taken) >= 1 << 20) stop.Cancel();
            return taken;
        }
    }
}
