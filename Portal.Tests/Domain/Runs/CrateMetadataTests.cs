using System.Text;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Domain.Runs.Crates;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Tests.Domain.Runs;

/// <summary>What a crate tells of people, of runs that are not over, and of places that are named twice.</summary>
public sealed class CrateMetadataTests
{
    private static readonly Id<Run> Run = new(Guid.CreateVersion7());
    private static readonly Id<User> Ada = new(Guid.CreateVersion7()), Gone = new(Guid.CreateVersion7());

    [Fact]
    public void People_are_ids_with_names_where_they_are_known()
    {
        var events = Events([], [], new CancelRequested(Run, Gone), new RunCancelled(Run));
        var (metadata, prov) = Texts(events, new() { [Ada] = "Ada Lovelace" });
        foreach (var text in (string[])[metadata, prov])
        {
            Assert.Contains("Ada Lovelace", text, StringComparison.Ordinal);
            Assert.Contains(Gone.ToString(), text, StringComparison.Ordinal);
        }
        Assert.Contains("FailedActionStatus", metadata, StringComparison.Ordinal);
        Assert.Contains("\"error\": \"Cancelled.\"", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_has_no_end_and_one_that_was_only_sent_is_potential()
    {
        var sent = Texts(Events([], []), []).Metadata;
        Assert.Contains("PotentialActionStatus", sent, StringComparison.Ordinal);
        var active = Texts(Events([], [], new PhaseEntered(Run, Phase.Queued)), []).Metadata;
        Assert.Contains("ActiveActionStatus", active, StringComparison.Ordinal);
        Assert.DoesNotContain("endTime", active, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_read_twice_and_written_is_told_apart()
    {
        var at = Location.Parse("http://example.org/a.csv").Value!;
        var events = Events([new(at, "a"), new(at, "b")], [new("c", at, false)],
            new TransferStarted(Run, "output-0", "c", $"{at}", 1), new TransferCompleted(Run, "output-0", 1, new('a', 64), false));
        var metadata = Texts(events, []).Metadata;
        foreach (var id in (string[])["http://example.org/a.csv", "#input-1-file", "#output-0-file"])
            Assert.Contains($"\"@id\": \"{id}\",\n      \"@type\": \"File\"", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public void Software_is_told_as_far_as_it_is_known()
    {
        var ended = Events([], [], new StepSubmitting(Run, "a", 1, "k"), new RunSucceeded(Run));
        var (metadata, prov) = Texts(ended, []);
        foreach (var unknown in (string[])["#scheduler", "softwareRequirements", "set-up", "run:scheduler"])
            Assert.DoesNotContain(unknown, metadata + prov, StringComparison.Ordinal);
        var named = Texts(ended, [], new("slurm", [], null, null)).Metadata;
        Assert.Contains("no connection test has told its version", named, StringComparison.Ordinal);
        Assert.Equal(1, named.Split("softwareVersion").Length - 1);
    }

    [Fact]
    public void The_events_are_told_to_the_letter()
    {
        foreach (var body in (string[])["{\"a\":1}", " {\"a\":1}", "{\"a\":\n1}", "{\"portal:text\":\"x\"}", "\"é\\u00e9\"", "{ \"a\" : 1.0 }"])
        {
            var line = new EventLine(1, "s", 1, Guid.NewGuid(), "t", 1, "2026-01-02T03:04:05.000006Z", body, "{}", "00");
            Assert.DoesNotContain('\n', line.ToString());
            Assert.Equal(line, EventLine.Parse(line.ToString()));
        }
        foreach (var bad in (string[])["", "null", "{}", "[]", "{\"position\":1}", "nonsense"])
            Assert.Throws<FormatException>(() => EventLine.Parse(bad));
    }

    private static (string Metadata, string Prov) Texts(
        IReadOnlyList<Recorded> events, Dictionary<Id<User>, string> names, KnownSoftware? software = null)
    {
        var source = new CrateSource(events, names, new("https://portal.example.org", "1"), DateTimeOffset.UnixEpoch, software);
        var metadata = CrateMetadata.Of(source, [new("workflow.yaml", 1, "00")], new Dictionary<int, CrateFile>());
        return (Encoding.UTF8.GetString(metadata), Encoding.UTF8.GetString(ProvDocument.Of(source)));
    }

    private static List<Recorded> Events(IReadOnlyList<InputPlan> inputs, IReadOnlyList<OutputPlan> outputs, params object[] facts)
    {
        var submitted = new RunSubmitted(Run, new(Ada.Value), new(Guid.NewGuid()), "demo", new(Guid.NewGuid()), Ada, "one", "two", null,
            null, "nonsense", new Dictionary<string, string>(), new(inputs, null, [], outputs), "/work");
        return [.. facts.Prepend(submitted).Select((fact, index) => new Recorded(index + 1, $"run-{Run}", index + 1, Guid.NewGuid(), "", 1, "",
            fact, new("", "", "", Guid.Empty), DateTimeOffset.UnixEpoch.AddSeconds(index), default))];
    }
}
