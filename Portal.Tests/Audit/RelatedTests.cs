using System.IO.Compression;
using Portal.Cli.Audit;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Cli;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Audit;

/// <summary>A run taken away with what its submission led to elsewhere, as far as the taker may read that.</summary>
public sealed class RelatedTests(CrateGround ground) : IClassFixture<CrateGround>, IDisposable
{
    private static readonly Id<Endpoint> their = new(Guid.CreateVersion7());

    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string MachineStream => Ledger.StreamOf<Machine>(ground.Schema.Machine.Value);

    private static string TheirStream => Ledger.StreamOf<Endpoint>(their.Value);

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task A_proof_and_a_crate_hold_them_and_verify_says_which_streams_are_whole()
    {
        await LeadToAsync();
        var signedIn = CommandLine.SignedIn(ground.Schema.Portal.Address, ground.Token);
        var (crate, proof, keys) = (Path.Combine(shell.Folder, "run.crate.zip"), Path.Combine(shell.Folder, "proof.json"),
            await ground.FileAsync(System.Text.Encoding.UTF8.GetBytes(ground.Keys)));
        var said = await shell.RunAsync("", signedIn, "run", "export", $"{ground.Run}", "--crate", crate, "--proof", proof, "--related");
        Assert.Equal(0, said.ExitCode);
        foreach (var file in (string[])[crate, proof])
        {
            var report = await new ExportCheck(ground.Keys).RunAsync(file, Cancel);
            Assert.Null(report.Fault);
            Assert.Empty(report.Remarks);
            var run = report.Streams.Single(stream => stream.Stream == Ledger.StreamOf<Run>(ground.Run.Value));
            Assert.Equal((true, 18), (run.Whole, run.Events));
            var machine = report.Streams.Single(stream => stream.Stream == MachineStream);
            Assert.False(machine.Whole);
            // What Ada may not read is not in it.
            Assert.DoesNotContain(report.Streams, stream => stream.Stream == TheirStream);
        }
        var told = await shell.RunAsync("", null, "audit", "verify", crate, "--keys", keys);
        Assert.Contains($"run-{ground.Run} up to version 18", told.Text, StringComparison.Ordinal);
        Assert.Contains($"{MachineStream} (1 of its first ", told.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await shell.RunAsync("", signedIn, "run", "export", $"{ground.Run}", "--prov", proof, "--related")).ExitCode);
    }

    [Fact]
    public async Task One_that_was_taken_out_or_changed_is_named()
    {
        await LeadToAsync();
        var whole = EventProof.Parse(await ground.GetAsync($"runs/{ground.Run}/proof.json?related=true"));
        var at = whole.Record.Index().Last(line => line.Item.Stream == MachineStream).Index;
        Assert.NotNull(whole.Record[at].Previous);
        var without = whole with { Record = [.. Without(whole.Record, at)], Events = [.. Without(whole.Events, at)] };
        var fault = await FaultAsync(without);
        Assert.Equal(StoreFaultKind.Removed, fault.Kind);
        Assert.Contains("was taken out or put in", fault.Words, StringComparison.Ordinal);
        foreach (var changed in (EventLine[])
            [whole.Record[at] with { Body = "{}" }, whole.Record[at] with { Previous = new('0', 64) }, whole.Record[at] with { Previous = new('z', 64) }])
        {
            fault = await FaultAsync(whole with { Record = [.. whole.Record.Take(at), changed, .. whole.Record.Skip(at + 1)] });
            Assert.Equal((StoreFaultKind.Edited, changed.Position), (fault.Kind, fault.Position));
        }
        // A gap in the run's own stream is none that a hash beside it could bridge.
        var own = whole.Record.Index().Where(line => line.Item.Stream == Ledger.StreamOf<Run>(ground.Run.Value)).ElementAt(4).Index;
        var bridged = whole with
        {
            Record = [.. Without(whole.Record, own).Select(line => line.Version == 6 && line.Stream == whole.Record[own].Stream
                ? line with { Previous = whole.Record[own].Hash } : line)],
            Events = [.. Without(whole.Events, own)],
        };
        fault = await FaultAsync(bridged);
        Assert.Equal((StoreFaultKind.Removed, (long?)5), (fault.Kind, fault.Version));
    }

    [Fact]
    public async Task A_crate_without_them_is_as_ever()
    {
        await LeadToAsync();
        using var zip = new ZipArchive(new MemoryStream(await ground.GetAsync($"runs/{ground.Run}/crate.zip")));
        using var events = new StreamReader(await zip.GetEntry("events.jsonl")!.OpenAsync(Cancel));
        var text = await events.ReadToEndAsync(Cancel);
        Assert.Equal(18, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("\"previous\"", text, StringComparison.Ordinal);
    }

    // The request that submitted the run did something to a machine as well, and in a project of somebody else's.
    private async Task LeadToAsync()
    {
        var store = ground.Schema.Get<IEventStore>();
        var first = await store.ReadStreamAsync(Ledger.StreamOf<Run>(ground.Run.Value), cancel: Cancel).FirstAsync(Cancel);
        var away = new Id<Project>(ground.Schema.Stranger.User!.Value.Value);
        if (await store.ReadStreamAsync(TheirStream, cancel: Cancel).AnyAsync(Cancel)) return;
        await store.AppendAsync(
        [
            new(MachineStream, IEventStore.AnyVersion, [new(Guid.CreateVersion7(),
                new HostKeysPinned(ground.Schema.Machine, [new("ssh-ed25519", "SHA256:abc", "AAAA")]))], first.Metadata),
            new(TheirStream, 0, [new(Guid.CreateVersion7(),
                new EndpointRegistered(their, away, "away", "ftp://127.0.0.1/a", null))], first.Metadata),
        ], Cancel);
        await ground.Schema.CaughtUpAsync();
    }

    private async Task<StoreFault> FaultAsync(EventProof proof) =>
        (await new ExportCheck(ground.Keys).RunAsync(await ground.FileAsync(proof.ToBytes()), Cancel)).Fault!;

    private static IEnumerable<T> Without<T>(IReadOnlyList<T> all, int at) => all.Where((_, index) => index != at);
}
