using System.Net;
using System.Net.Sockets;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Runs;
using Portal.Jobs.Data.Scanning;
using Portal.Jobs.Sites;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Data;

/// <summary>What the scanner finds nothing in passes whole; anything else does not pass.</summary>
public sealed class ClamScannerTests(ClamHost clam) : IClassFixture<ClamHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(300_001)]
    public async Task What_is_clean_passes_to_the_last_byte(int size)
    {
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        var passed = PortalGround.Ok(await PassAsync(new MemoryStream(bytes), size));
        Assert.Null(passed.Found);
        await using (var content = passed.Content!)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Cancel);
            Assert.Equal(bytes, copy.ToArray());
        }
        Assert.Empty(Directory.GetFileSystemEntries(clam.Scratch));
    }

    [Fact]
    public async Task What_is_known_does_not_pass_and_is_named()
    {
        var source = new MemoryStream(ClamHost.Marked);
        var passed = PortalGround.Ok(await PassAsync(source, ClamHost.Marked.Length));
        Assert.Equal((null, ClamHost.Name), (passed.Content, passed.Found));
        Assert.False(source.CanRead);
        Assert.Empty(Directory.GetFileSystemEntries(clam.Scratch));
    }

    [Theory]
    // As it was told, and as it is.
    [InlineData(1001, 10)]
    [InlineData(10, 1001)]
    public async Task What_is_larger_than_is_looked_through_does_not_pass(int told, int size)
    {
        var source = new MemoryStream(new byte[size]);
        Assert.Equal("OUTPUT_NOT_SCANNED", Code(await PassAsync(source, told, new() { Address = clam.Socket, Largest = 1000 })));
        Assert.False(source.CanRead);
    }

    [Fact]
    public async Task What_the_scanner_will_not_look_through_does_not_pass()
    {
        var size = 3 * ClamHost.Most;
        Assert.Equal("SCANNER_UNREACHABLE", Code(await PassAsync(new MemoryStream(new byte[size]), size)));
    }

    [Fact]
    public async Task Without_a_scanner_that_answers_nothing_passes()
    {
        Assert.Equal("SCANNER_UNREACHABLE", Code(await PassAsync(new MemoryStream([1]), 1, new() { Address = clam.Socket + "x" })));
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var settings = new ScannerSettings { Address = $"{silent.LocalEndpoint}", Patience = TimeSpan.FromMilliseconds(300) };
        Assert.Equal("SCANNER_UNREACHABLE", Code(await PassAsync(new MemoryStream([1]), 1, settings)));
    }

    [Fact]
    public async Task What_cannot_be_read_to_its_end_says_why()
    {
        var cut = new PlaceException(FaultKind.Transient, new(FailureName.Unreachable, "The server went away.", null, "Try again."));
        Assert.Equal("Unreachable", Code(await PassAsync(new Broken(cut), 10)));
        Assert.Empty(Directory.GetFileSystemEntries(clam.Scratch));
    }

    [Theory]
    [InlineData("scanner.example.org", "Portal:Scanner:Address")]
    [InlineData("scanner.example.org:0", "Portal:Scanner:Address")]
    [InlineData("scanner.example.org:99999", "Portal:Scanner:Address")]
    [InlineData("a b:3310", "Portal:Scanner:Address")]
    public void A_setting_that_means_nothing_is_named(string address, string setting) => Assert.StartsWith(setting,
        Assert.Throws<FormatException>(() => new ScannerSettings { Address = address }.Check()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("/run/clamav/clamd.ctl")]
    [InlineData("scanner.example.org:3310")]
    [InlineData("[::1]:3310")]
    public void A_socket_or_a_host_and_port_is_an_address(string address) => new ScannerSettings { Address = address }.Check();

    private static string Code(Result<Scanned> refused) => Assert.Single(refused.Problems!).Code;

    private Task<Result<Scanned>> PassAsync(Stream source, long size, ScannerSettings? settings = null) =>
        new ClamScanner(settings ?? new() { Address = clam.Socket, Largest = 100 << 20 }, clam.Scratch).PassAsync(source, size, Cancel);

    private sealed class Broken(Exception fault) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(fault);
    }
}
