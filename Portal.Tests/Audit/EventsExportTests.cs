using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Portal.Cli.Audit;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Tests.Cli;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Audit;

/// <summary>Events taken away by the portal's doors with their proof, and verified elsewhere with nothing but the key.</summary>
public sealed class EventsExportTests(CrateGround ground) : IClassFixture<CrateGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(shell.Folder, "events.jsonl");

    private Dictionary<string, string> SignedIn => CommandLine.SignedIn(ground.Schema.Portal.Address, ground.Token);

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task What_fits_is_exported_sealed_and_verified_on_another_machine()
    {
        await ground.Schema.CaughtUpAsync();
        var said = await shell.RunAsync("", SignedIn, "audit", "export", "--run", $"{ground.Run}", "--type", "transfer_completed", "--proof", "--to", Target);
        Assert.Equal(0, said.ExitCode);
        var keys = await ground.FileAsync(Encoding.UTF8.GetBytes(ground.Keys));
        var proven = await shell.RunAsync("", null, "audit", "verify", Target, "--keys", keys);
        Assert.Equal(0, proven.ExitCode);
        Assert.Contains("nothing: all is as it was", proven.Text, StringComparison.Ordinal);
        Assert.Contains("all 2 that the portal gave", proven.Text, StringComparison.Ordinal);
        Assert.Contains($"\"run\":\"{ground.Run.Value}\"", proven.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Remark", proven.Text, StringComparison.Ordinal);
        Assert.Contains("proves only that the file fits together", (await shell.RunAsync("", null, "audit", "verify", Target)).Text, StringComparison.Ordinal);

        await using (var packed = new GZipStream(File.Create(Target + ".gz"), CompressionLevel.Fastest))
            await packed.WriteAsync(await File.ReadAllBytesAsync(Target, Cancel), Cancel);
        Assert.Null((await new ExportCheck(ground.Keys).RunAsync(Target + ".gz", Cancel)).Fault);
        await File.WriteAllBytesAsync(Target + ".gz", (await File.ReadAllBytesAsync(Target + ".gz", Cancel))[..^40], Cancel);
        var cut = await new ExportCheck(ground.Keys).RunAsync(Target + ".gz", Cancel);
        Assert.True(cut.Fault?.Kind is StoreFaultKind.CutOff or StoreFaultKind.FileChanged, $"{cut.Fault}");

        await File.WriteAllTextAsync(Target, (await File.ReadAllTextAsync(Target, Cancel)).Replace("\"bytes\":10,", "\"bytes\":11,", StringComparison.Ordinal), Cancel);
        var changed = await shell.RunAsync("", null, "audit", "verify", Target, "--keys", keys);
        Assert.Equal((1, true), (changed.ExitCode, changed.Output.Contains($"Edited: The event at position", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task That_it_was_taken_and_what_it_holds_is_an_event()
    {
        await ground.Schema.CaughtUpAsync();
        var lines = Encoding.UTF8.GetString(await ground.GetAsync("events.jsonl?proof=true&type=run_submitted")).TrimEnd('\n').Split('\n');
        var proof = JsonElement.Parse(lines[^2]).GetProperty("proof");
        var noted = proof.GetProperty("record")[0];
        var body = noted.GetProperty("body").Deserialize<EventsExported>(EventTypes.Json)!;
        Assert.Equal(ground.Schema.Ada.User, body.By);
        Assert.Equal((true, true, "jsonl", 0), (body.Complete, body.Proof, body.Format, body.Unsealed));
        Assert.Equal(["run_submitted"], body.Filter.Types!);
        Assert.Equal([new(ground.Schema.Ada.User!.Value.Value)], body.Projects!);
        Assert.Equal(body.Events, lines.Count(line => line.StartsWith("{\"position\":", StringComparison.Ordinal)));
        // Each line of an event is what the record has, with the hash before it.
        var line = EventLine.Parse(lines[1]);
        var stored = await ground.Schema.Get<IEventStore>().ReadStreamAsync(line.Stream, cancel: Cancel).FirstAsync(Cancel);
        Assert.Equal((stored.Text, EventTypes.Write(stored.Metadata), Convert.ToHexStringLower(stored.Hash.Span)), (line.Body, line.Metadata, line.Hash));
        Assert.Equal(new string('0', 64), line.Previous);
    }

    [Fact]
    public async Task An_auditor_takes_everything_and_a_member_nothing_of_others()
    {
        var people = new AccountGround(ground.Schema.Portal);
        var auditor = await people.SignUpAsync();
        await people.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        await ground.Schema.CaughtUpAsync();
        var everything = await Export(auditor, new());
        var found = await new ExportCheck(ground.Keys).RunAsync(everything, Cancel);
        Assert.Null(found.Fault);
        Assert.Equal(("null", "{}"), (found.Notes!.Projects, found.Notes.Filter));
        Assert.Equal(found.UpTo, found.Notes.UpTo);
        Assert.InRange(found.Events, 19, found.Proven!.Total);
        var nothing = await new ExportCheck(ground.Keys).RunAsync(await Export(ground.Schema.Stranger, new() { Run = ground.Run }), Cancel);
        Assert.Equal((null, 0), (nothing.Fault, nothing.Events));
        Assert.Equal($"[\"{ground.Schema.Stranger.User}\"]", nothing.Notes!.Projects);
    }

    [Fact]
    public async Task What_cannot_be_verified_is_said_with_what_to_take_instead()
    {
        await ground.Schema.CaughtUpAsync();
        foreach (var (format, words) in ((string, string)[])[("jsonl", "There is no proof in this export"), ("csv", "CSV cannot be verified")])
        {
            Assert.Equal(0, (await shell.RunAsync("", SignedIn, "audit", "export", "--format", format, "--to", Target + format)).ExitCode);
            var said = await shell.RunAsync("", null, "audit", "verify", Target + format);
            Assert.Equal((2, true), (said.ExitCode, said.Error.Contains(words, StringComparison.Ordinal)));
            Assert.Contains("--proof", said.Error, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await shell.RunAsync("", SignedIn, "audit", "export", "--format", "csv", "--proof", "--to", Target)).ExitCode);
        var refused = await ground.Schema.Get<ExportEventsHandler>().BeginAsync(ground.Schema.Ada, new(), "csv", true, Cancel);
        Assert.Equal("PROOF_NEEDS_JSONL", refused.Problems![0].Code);
        await File.WriteAllTextAsync(Target, "{\"export\":{\"form\":\"other\"}}\n", Cancel);
        Assert.Equal(2, (await shell.RunAsync("", null, "audit", "verify", Target)).ExitCode);
    }

    private async Task<string> Export(Caller caller, EventQuestion question)
    {
        var token = await ground.Schema.AccessTokenAsync(caller);
        var signedIn = CommandLine.SignedIn(ground.Schema.Portal.Address, token.Text);
        string[] run = question.Run is { } one ? ["--run", $"{one}"] : [];
        var path = Target + Guid.NewGuid().ToString("n");
        Assert.Equal(0, (await shell.RunAsync("", signedIn, ["audit", "export", "--proof", "--to", path, .. run])).ExitCode);
        return path;
    }
}
