using System.IO.Compression;
using System.Text;
using Portal.Cli.Audit;
using Portal.EventStore;
using Portal.Tests.Cli;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Audit;

/// <summary>A crate: taken away by the command line, verified elsewhere with nothing but the key, and what was done to it named.</summary>
public sealed class CrateTests(CrateGround ground) : IClassFixture<CrateGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task It_is_taken_away_and_verified_on_another_machine()
    {
        var (crate, keys) = (Path.Combine(shell.Folder, "run.crate.zip"), await ground.FileAsync(Encoding.UTF8.GetBytes(ground.Keys)));
        var signedIn = CommandLine.SignedIn(ground.Schema.Portal.Address, ground.Token);
        var said = await shell.RunAsync("", signedIn, "run", "export", $"{ground.Run}", "--crate", crate, "--results");
        Assert.Contains("run.crate.zip", said.Text);

        // No portal is configured here.
        var proven = await shell.RunAsync("", null, "audit", "verify", crate, "--keys", keys);
        Assert.Contains("nothing: all is as it was", proven.Text);
        Assert.Contains("Files           6 as they were", proven.Text);
        Assert.DoesNotContain("Remark", proven.Text);
        Assert.Contains("proves only that the file fits together", (await shell.RunAsync("", null, "audit", "verify", crate)).Text);

        var folder = Path.Combine(shell.Folder, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(crate, folder, Cancel);
        var sums = await SiteCommand.RunAsync("/bin/sh", ["-c", $"cd '{folder}' && sha256sum -c manifest-sha256.txt"], "", null, Cancel);
        Assert.Equal(6, sums.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.EndsWith(": OK", StringComparison.Ordinal)));
        Assert.Equal(CrateGround.Description, await File.ReadAllTextAsync(Path.Combine(folder, "workflow.yaml"), Cancel));
        await File.AppendAllTextAsync(Path.Combine(folder, "workflow.yaml"), "#", Cancel);
        var changed = await shell.RunAsync("", null, "audit", "verify", folder, "--keys", keys);
        Assert.Equal((1, true), (changed.ExitCode, changed.Output.Contains("FileChanged: The file workflow.yaml", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_proof_alone_verifies_too_and_is_bound_by_the_event_that_it_was_taken()
    {
        var file = await ground.FileAsync(await ground.GetAsync($"runs/{ground.Run}/proof.json"));
        var report = await Check(file);
        Assert.True(report.Holds);
        Assert.Equal((19, 0), (report.Events, report.Unsealed));
        Assert.Empty(report.Remarks);
        Assert.Equal([18, 1], report.Streams.Select(stream => stream.Last));

        var proof = EventProof.Parse(await File.ReadAllBytesAsync(file, Cancel));
        var cut = proof with { Events = [.. proof.Events.SkipLast(2), proof.Events[^1]], Record = [.. proof.Record.SkipLast(2), proof.Record[^1]] };
        Assert.Equal(StoreFaultKind.CutOff, (await Check(await ground.FileAsync(cut.ToBytes()))).Fault?.Kind);
        // One that the run's event says nothing of tells that it cannot tell.
        var open = proof with { Events = [.. proof.Events.SkipLast(1)], Record = [.. proof.Record.SkipLast(1)] };
        Assert.Contains("Whether something followed", Assert.Single((await Check(await ground.FileAsync(open.ToBytes()))).Remarks));
    }

    public static TheoryData<string, StoreFaultKind, string> Deeds => new()
    {
        { "edit", StoreFaultKind.Edited, "version 5)" }, { "remove", StoreFaultKind.Removed, "version 5 is gone" },
        { "remove from the list alone", StoreFaultKind.Removed, "is gone" }, { "insert", StoreFaultKind.Inserted, "version 5)" },
        { "reorder", StoreFaultKind.Reordered, "version 5)" }, { "cut", StoreFaultKind.CutOff, "The end was cut off" },
        { "cut all alike", StoreFaultKind.CutOff, "had 18 events" }, { "not sealed", StoreFaultKind.Edited, "its proof was taken away" },
        { "hash anew", StoreFaultKind.Edited, "than when it was sealed" }, { "signature", StoreFaultKind.SealChanged, "its signature" },
        { "seal", StoreFaultKind.SealMissing, "is gone" }, { "metadata", StoreFaultKind.FileChanged, "ro-crate-metadata.json" },
        { "manifest", StoreFaultKind.FileChanged, "manifest-sha256.txt" }, { "lose", StoreFaultKind.FileMissing, "prov.json is gone" },
        { "add", StoreFaultKind.FileAdded, "extra.txt" }, { "no export", StoreFaultKind.Removed, "how it was made" },
        { "nonsense", StoreFaultKind.FileChanged, "events.jsonl, line 5" }, { "no proof", StoreFaultKind.FileChanged, "proof.json" },
    };

    [Theory, MemberData(nameof(Deeds))]
    public async Task What_was_done_to_it_is_named(string deed, StoreFaultKind kind, string words)
    {
        var folder = Path.Combine(ground.Folder, Guid.NewGuid().ToString("n"));
        using (var zip = new ZipArchive(new MemoryStream(await ground.GetAsync($"runs/{ground.Run}/crate.zip"))))
            await zip.ExtractToDirectoryAsync(folder, Cancel);
        Assert.True((await Check(folder)).Holds);
        var crate = new OpenCrate(folder);
        crate.Do(deed);
        var report = await Check(folder);
        Assert.Equal(kind, report.Fault?.Kind);
        Assert.Contains(words, report.Fault!.Words);
    }

    [Fact]
    public async Task A_key_that_was_not_given_is_said_so()
    {
        using var other = SealKey.LoadOrCreate(Path.Combine(ground.Folder, "other.pem"));
        var report = await new ExportCheck(other.PublicPem).RunAsync(
            await ground.FileAsync(await ground.GetAsync($"runs/{ground.Run}/crate.zip")), Cancel);
        Assert.Equal(StoreFaultKind.KeyUnknown, report.Fault!.Kind);
    }

    [Fact]
    public async Task That_it_was_taken_is_an_event_and_every_taking_is_another()
    {
        foreach (var part in (string[])["crate.zip", "crate.zip", "prov.json", "proof.json"]) await ground.GetAsync($"runs/{ground.Run}/{part}");
        var data = await ground.Schema.DataAsync(ground.Schema.Ada, "{ events(where: { types: [\"run_exported\"] }) { nodes { stream body } } }");
        var events = data.GetProperty("events").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["crate", "proof", "prov"], events.Select(one => one.GetProperty("body").GetProperty("kind").GetString()).Distinct().Order());
        Assert.True(events.Count(one => one.GetProperty("body").GetProperty("kind").GetString() == "crate") >= 2);
        Assert.Equal(events.Count, events.Select(one => one.GetProperty("stream").GetString()).Distinct().Count());
        Assert.All(events, one => Assert.Equal($"{ground.Run}", one.GetProperty("body").GetProperty("runId").GetString()));
    }

    [Fact]
    public async Task What_happened_is_sealed_on_demand_and_where_nothing_did_it_says_so()
    {
        var signedIn = CommandLine.SignedIn(ground.Schema.Portal.Address, ground.Token);
        await ground.Schema.MachineAsync($"m-{Guid.NewGuid():n}"[..12]);
        Assert.Contains("Sealed: ", (await shell.RunAsync("", signedIn, "audit", "seal")).Text);
        Assert.Contains("Nothing is new since seal", (await shell.RunAsync("", signedIn, "audit", "seal")).Text);
        var stranger = await ground.Schema.AccessTokenAsync(ground.Schema.Stranger);
        var refused = await shell.RunAsync("", CommandLine.SignedIn(ground.Schema.Portal.Address, stranger.Text), "audit", "seal");
        Assert.Equal((3, true), (refused.ExitCode, refused.Error.Contains("(FORBIDDEN)", StringComparison.Ordinal)));
    }

    private Task<ExportReport> Check(string path) => new ExportCheck(ground.Keys).RunAsync(path, Cancel);
}
