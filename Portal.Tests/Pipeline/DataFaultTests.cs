using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Pipeline;

/// <summary>Data servers that go away under a run, or are others than before.</summary>
[Collection(nameof(RunFaults))]
public sealed class DataFaultTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task A_data_server_that_refuses_is_waited_for()
    {
        await Ground.Site.ControlAsync("stop", "ftp");
        Id<Run> run;
        try
        {
            run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
            var held = (RunHeld)(await Ground.UntilAsync(run, fact => fact is RunHeld))[^1];
            Assert.Equal((Hold.Blocked, FailureName.Unreachable), (held.Hold, held.Failure.Name));
        }
        finally
        {
            await Ground.Site.ControlAsync("start", "ftp");
        }
        await Ground.SucceededAsync(run);
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_from_there()
    {
        const int Size = 16 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await Ground.Site.RunAsync($"mkdir -p {Ground.Site.Facts.FtpFolder}/tests && head -c {Size} /dev/urandom > {Ground.Site.Facts.FtpFolder}/{name}");
        await using var proxy = new CuttingProxy(new Uri(Ground.Site.Facts.FtpUrl).Port) { CutAt = Size / 2 };
        await Ground.EndpointAsync("cutting", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://cutting/{name}"));
        var facts = await Ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is AttemptPostponed);
        var done = Assert.Single(facts.OfType<TransferCompleted>(), done => done.Transfer == "input-0");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync($"{Ground.Site.Facts.FtpFolder}/{name}"))), done.Sha256);
        Assert.InRange(proxy.Passed, Size, Size + (Size / 4));
    }

    [Fact]
    public async Task An_upload_that_is_cut_goes_on_from_there()
    {
        const int Size = 16 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await using var proxy = new CuttingProxy(new Uri(Ground.Site.Facts.FtpUrl).Port) { CutAt = Size / 2 };
        await Ground.EndpointAsync("cutting", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await Ground.SubmitAsync(Workflows.Step($"head -c {Size} /dev/urandom > big.bin; sha256sum < big.bin")
            + $"\noutputs:\n  - from: big.bin\n    to: endpoint://cutting/{name}\n");
        var facts = await Ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is AttemptPostponed { Act: "outputs" });
        var done = Assert.Single(facts.OfType<TransferCompleted>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync($"{Ground.Site.Facts.FtpFolder}/{name}"))), done.Sha256);
        var log = await Ground.Get<ReadLogHandler>().HandleAsync(Ground.Caller, new(run, "a", 1, null, "stdout"), 0, 1000, default);
        Assert.StartsWith(done.Sha256, Encoding.UTF8.GetString(PortalGround.Ok(log).Bytes.Span), StringComparison.Ordinal);
        // There once, and back once to be hashed. What was on its way at the cut is lost; all that came before would be half a file more.
        Assert.InRange(proxy.Passed, 2 * Size, (2 * Size) + (Size / 2) - 1);
    }

    [Fact]
    public async Task An_SFTP_server_with_another_key_holds_the_run_and_not_the_machine_until_its_key_is_given()
    {
        await using var server = new SftpServer();
        await server.InitializeAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Data, "input.csv"), "1,2,3\n");
        var endpoint = new Id<Portal.Domain.Data.Endpoint>(Guid.CreateVersion7());
        async Task KeepAsync(string hostKey) => PortalGround.Ok(await Ground.Get<KeepEndpointHandler>().HandleAsync(Ground.Caller,
            new(endpoint, Ground.Project, "archive", $"sftp://127.0.0.1:{server.Port}", "demo", DataServer.Password, hostKey), default));
        await KeepAsync("SHA256:" + new string('A', 43));
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, "out", "endpoint://archive/input.csv")
            .Replace("endpoint://demo-data/out", "endpoint://archive/out", StringComparison.Ordinal));
        var held = await HeldAsync(run, Hold.Blocked, FailureName.EndpointKeyChanged);
        Assert.Contains(server.HostKey["SHA256:".Length..], held.Evidence, StringComparison.Ordinal);
        var machine = await Ground.Get<IDocuments>().FindAsync<MachineView>(Ground.Machine.ToString(), default);
        Assert.Equal(MachineState.Ready, machine!.State);
        await KeepAsync(server.HostKey);
        await OnceAsync(run);
        Assert.Equal("1,2,3\n", await File.ReadAllTextAsync(Path.Combine(server.Data, "out/result.csv")));
    }
}
