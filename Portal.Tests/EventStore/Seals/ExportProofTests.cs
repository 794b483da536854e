using System.Text.Json.Nodes;
using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>What an export with its proof says beyond single events: who leaves one out with care, cuts off its end, has no seal yet,
/// no key, or a clock that ran backwards.</summary>
public sealed class ExportProofTests(SealGround ground) : IClassFixture<SealGround>
{
    private string Keys => ground.Key.PublicPem;

    [Fact]
    public async Task Everything_and_nothing_are_exports_too()
    {
        var all = await (await ExportFile.MakeAsync(ground, _ => true)).VerifyAsync(Keys);
        Assert.Null(all.Fault);
        Assert.True(all.Events >= 120);
        Assert.Equal(all.Events, all.Proven!.Total);
        var none = await (await ExportFile.MakeAsync(ground, _ => false)).VerifyAsync(Keys);
        Assert.Equal((null, 0, null), (none.Fault, none.Events, none.Proven));
        Assert.Equal(0, none.Notes!.Events);
    }

    [Fact]
    public async Task An_event_that_was_left_out_with_a_proof_made_anew_is_missed()
    {
        var file = await ExportFile.MakeAsync(ground, Some);
        var first = file.Seals[0];
        var without = file.Copy();
        var gone = without.Events[3];
        await RemakeAsync(without, gone, first);
        var found = await without.VerifyAsync(Keys);
        Assert.Equal((StoreFaultKind.Removed, (long?)1), (found.Fault?.Kind, found.Fault?.Seal));
        Assert.Contains("was taken out or put in", found.Fault!.Words, StringComparison.Ordinal);

        // Also where every digest on the way is made to fit.
        using var digest = new ExportDigest();
        foreach (var line in Enumerable.Range(1, without.Lines.Count - 3))
            if (without.Seals.Contains(line)) without.Seal(line, seal => seal["digest"] = digest.SoFar);
            else digest.Add(without[line].Position, Convert.FromHexString(without[line].Hash));
        found = await without.VerifyAsync(Keys);
        Assert.Equal(StoreFaultKind.Removed, found.Fault?.Kind);
        Assert.Contains($"{file.Events.Count} events were given, and {file.Events.Count - 1} are here", found.Fault!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_speak_of_events_are_as_they_were_or_it_is_said()
    {
        var file = await ExportFile.MakeAsync(ground, Some);
        var other = await ExportFile.MakeAsync(ground, one => one.Version == 2);
        var seal = file.Seals[1];
        (Action<ExportFile> Deed, StoreFaultKind Kind, string Words)[] deeds =
        [
            (one => one.Lines.RemoveAt(one.Lines.Count - 1), StoreFaultKind.CutOff, "the last line is gone"),
            (one => one.Lines.RemoveAt(one.Lines.Count - 2), StoreFaultKind.CutOff, "the portal noted the export is gone"),
            (one => one.Lines[^2] = other.Lines[^2], StoreFaultKind.Removed, "events were given"),
            (one => one.Lines[^1] = "{\"end\":{\"events\":1,\"upTo\":1}}", StoreFaultKind.FileChanged, "The last line"),
            (one => one.Lines.Add(one.Lines[1]), StoreFaultKind.Inserted, "behind the end"),
            (one => one.Lines.Add("{"), StoreFaultKind.FileChanged, "Line "),
            (one => one.Lines[3] = "{}", StoreFaultKind.FileChanged, "Line 4"),
            (one => one.Lines[3] = one.Lines[3].Insert(one.Lines[3].Length - 1, ",\"note\":1"), StoreFaultKind.FileChanged, "Line 4"),
            (one => one.Lines[3] = one.Lines[3].Insert(1, "\"version\":7,"), StoreFaultKind.FileChanged, "Line 4"),
            (one => one.Lines.RemoveAt(one.Seals[^1]), StoreFaultKind.SealMissing, "have none here"),
            (one => one.Lines.RemoveAt(seal), StoreFaultKind.Inserted, "was not there"),
            (one => one.Seal(seal, node => node["text"] = $"{node["text"]}x"), StoreFaultKind.SealChanged, "was changed"),
            (one => one.Seal(seal, node => node["signature"] = file.Lines[file.Seals[0]].Split("\"signature\":\"")[1].Split('"')[0]),
                StoreFaultKind.SealChanged, "its signature"),
            (one => one.Seal(seal, node => node["leaves"] = ""), StoreFaultKind.SealChanged, "does not give its root"),
            (one => one.Seal(seal, node => node["beside"] = ""), StoreFaultKind.SealChanged, "does not give its root"),
            (one => one.Seal(seal, node => node["runs"] = new JsonArray(0, long.MaxValue)), StoreFaultKind.SealChanged, "does not give its root"),
            (one => one.Seal(seal, node => node["runs"] = new JsonArray(long.MaxValue, 2)), StoreFaultKind.SealChanged, "does not give its root"),
            (one => one.Seal(seal, node => node["digest"] = new string('0', 64)), StoreFaultKind.Removed, "taken out or put in"),
            (one => (one.Lines[seal], one.Lines[one.Seals[0]]) = (one.Lines[one.Seals[0]], one.Lines[seal]),
                StoreFaultKind.Reordered, "belongs further down"),
        ];
        foreach (var (deed, kind, words) in deeds)
        {
            var changed = file.Copy();
            deed(changed);
            var fault = (await changed.VerifyAsync(Keys)).Fault;
            Assert.True(fault?.Kind == kind && fault.Words.Contains(words, StringComparison.Ordinal), $"{words}: {fault}");
        }
        await Assert.ThrowsAsync<FormatException>(() => new ExportFile(["{\"export\":{\"form\":\"portal-export 2\",\"keys\":\"\"}}"]).VerifyAsync(Keys));
        await Assert.ThrowsAsync<FormatException>(() => new ExportFile([]).VerifyAsync(Keys));
    }

    [Fact]
    public async Task A_line_holds_what_the_hash_covers_and_reads_as_older_ones_were_written()
    {
        var file = await ExportFile.MakeAsync(ground, Some);
        Assert.Equal(["position", "stream", "version", "id", "type", "typeVersion", "time", "body", "metadata", "hash", "previous"],
            JsonNode.Parse(file.Lines[1])!.AsObject().Select(member => member.Key));
        Assert.Equal(file[1], EventLine.Parse(file.Lines[1].Insert(file.Lines[1].Length - 1, ",\"microseconds\":7")));
        Assert.Throws<FormatException>(() => EventLine.Parse(file.Lines[1].Insert(file.Lines[1].Length - 1, ",\"anything\":7")));
    }

    [Fact]
    public async Task A_key_that_was_not_given_is_said_so_and_the_one_in_the_file_fits_it()
    {
        var file = await ExportFile.MakeAsync(ground, Some);
        using var other = SealKey.LoadOrCreate(ground.KeyFile + ".other");
        Assert.Equal(StoreFaultKind.KeyUnknown, (await file.VerifyAsync(other.PublicPem)).Fault?.Kind);
        Assert.Null((await file.VerifyAsync(null)).Fault);
    }

    [Fact]
    public async Task What_is_not_sealed_yet_is_said_and_bound_by_the_note_all_the_same()
    {
        await ground.Database.Store.AppendedAsync("sample-late", 0, new SampleOpened("a"), new SampleOpened("b"), new SampleOpened("c"));
        await ground.SettledAsync();
        var file = await ExportFile.MakeAsync(ground, one => one.Stream is "sample-2" or "sample-late");
        var found = await file.VerifyAsync(Keys);
        Assert.Equal((null, 9, 3), (found.Fault, found.Events, found.Unsealed));
        Assert.Empty(found.Remarks);
        foreach (var at in file.Events[^3..])
        {
            var edited = file.Copy();
            edited[at] = edited[at] with { Body = "{}" };
            Assert.Equal(edited[at].Position, (await edited.VerifyAsync(Keys)).Fault?.Position);
            edited[at] = edited[at] with { Hash = Convert.ToHexStringLower(edited[at].Follows(Convert.FromHexString(edited[at].Previous!))) };
            Assert.Contains("The last 3 events", (await edited.VerifyAsync(Keys)).Fault?.Words, StringComparison.Ordinal);
            edited.Lines.RemoveAt(at);
            Assert.Equal(StoreFaultKind.Removed, (await edited.VerifyAsync(Keys)).Fault?.Kind);
        }

        var unsealed = await (await ExportFile.MakeAsync(ground, Some, sealing: false)).VerifyAsync(Keys);
        Assert.Null(unsealed.Fault);
        Assert.Contains("it was not sealed yet", Assert.Single(unsealed.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_superuser_changed_shows_in_what_is_exported_afterwards()
    {
        var at = (await ground.PlacesAsync())[50].Position;
        try
        {
            await ground.RunAsync($"update portal_events.events set body = '{{\"name\":\"forged\"}}' where position = {at}");
            var found = await (await ExportFile.MakeAsync(ground, _ => true)).VerifyAsync(Keys);
            Assert.Equal((StoreFaultKind.Edited, (long?)at), (found.Fault?.Kind, found.Fault?.Position));
            await ground.RestoreAsync();
            await ground.RunAsync($"""
                insert into portal_events.events overriding system value
                select 100000, epoch, transaction_id, 'sample-forged', 1, gen_random_uuid(), type, type_version, body, metadata, time, hash
                from portal_events.events where position = {at}
                """);
            found = await (await ExportFile.MakeAsync(ground, _ => true)).VerifyAsync(Keys);
            Assert.Equal((StoreFaultKind.Inserted, (long?)100_000), (found.Fault?.Kind, found.Fault?.Position));
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Fact]
    public async Task A_clock_that_ran_backwards_is_told_and_is_no_fault()
    {
        await using var late = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = ground.ConnectionString, Types = Samples.Types(), Time = new Behind(),
        }, default);
        await late.Store.AppendedAsync("sample-behind", 0, new SampleOpened("a"));
        await ground.SettledAsync();
        await ground.Database.SealAsync(ground.Key, DateTimeOffset.UtcNow, default);
        var found = await (await ExportFile.MakeAsync(ground, one => one.Stream is "sample-1" or "sample-behind")).VerifyAsync(Keys);
        Assert.Null(found.Fault);
        Assert.Contains("The clock ran backwards", Assert.Single(found.Remarks), StringComparison.Ordinal);
    }

    private static bool Some(Recorded one) => one.Stream is "sample-1" or "sample-4" or "sample-13";

    // What somebody can do who has the leaves of a seal: an event less, and all that is beside it in order.
    private async Task RemakeAsync(ExportFile file, int line, int group)
    {
        var kept = (await ground.SealsAsync())[0].Leaves.Chunk(KeptSeal.LeafBytes).ToList();
        file.Lines.RemoveAt(line);
        var positions = file.Events.Where(at => at < group - 1).Select(at => file[at].Position).ToHashSet();
        var places = kept.Index().Where(one => positions.Contains(PositionOf(one.Item))).ToList();
        var levels = new MerkleLevels([.. kept.Select(leaf => MerkleTree.Leaf(PositionOf(leaf), leaf.AsSpan(sizeof(long))))]);
        var beside = MultiProof.Of(levels, kept.Count, [.. places.Select(one => one.Index)]);
        file.Seal(group - 1, seal =>
        {
            seal["runs"] = new JsonArray([.. places.SelectMany(one => (JsonNode[])[one.Index, 1])]);
            seal["leaves"] = Convert.ToBase64String([.. places.SelectMany(one => one.Item)]);
            seal["beside"] = Convert.ToBase64String([.. beside.SelectMany(hash => hash)]);
        });
    }

    private static long PositionOf(byte[] leaf) => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(leaf);

    private sealed class Behind : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(-1);
    }
}
