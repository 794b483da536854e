using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>An export of some of the events of a store, changed in two hundred ways and more: each is found, and the right event
/// named.</summary>
public sealed class ExportTamperTests(SealGround ground) : IClassFixture<SealGround>, IAsyncLifetime
{
    private const int Times = 50;

    private readonly Random random = new(20260504);
    private ExportFile whole = null!;

    // Of every seal some and not all, and versions from the middle of streams.
    public async ValueTask InitializeAsync() => whole = await ExportFile.MakeAsync(ground,
        one => one.Stream.StartsWith("sample-", StringComparison.Ordinal) && (one.Stream[^1] % 2 == 0 || one.Version % 3 == 0));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task In_an_untouched_one_nothing_is_found()
    {
        var found = await whole.VerifyAsync(ground.Key.PublicPem);
        Assert.Null(found.Fault);
        Assert.Equal((whole.Events.Count, 0, 3), (found.Events, found.Unsealed, found.Proven!.Number));
        Assert.True(whole.Events.Count is > 60 and < 120);
        Assert.Equal((found.Events, found.UpTo, "{\"text\":\"x\"}"), (found.Notes!.Events, found.Notes.UpTo, found.Notes.Filter));
        Assert.Empty(found.Remarks);
    }

    [Fact]
    public async Task An_edited_event_is_named_also_with_a_hash_that_follows()
    {
        for (var time = 0; time < Times; time++)
        {
            var (file, at) = Chosen();
            var was = file[at];
            var edited = (time % 5) switch
            {
                0 => was with { Body = was.Body.Insert(1, "\"forged\":1,") },
                1 => was with { Metadata = was.Metadata.Replace("user-1", "user-2", StringComparison.Ordinal) },
                2 => was with { Time = "2026-05-04T10:20:00.000000Z" },
                3 => was with { Type = "sample_forged" },
                _ => was with { Id = Guid.NewGuid() },
            };
            file[at] = time % 2 == 0 ? edited with { Hash = Convert.ToHexStringLower(edited.Follows(Convert.FromHexString(edited.Previous!))) } : edited;
            await FoundAsync(file, StoreFaultKind.Edited, was.Position);
            file[at] = was with { Hash = new('0', 64) };
            await FoundAsync(file, StoreFaultKind.Edited, was.Position);
        }
    }

    [Fact]
    public async Task A_removed_event_is_named()
    {
        for (var time = 0; time < Times; time++)
        {
            var (file, at) = Chosen(but: 1);
            var gone = file[at].Position;
            file.Lines.RemoveAt(at);
            await FoundAsync(file, StoreFaultKind.Removed, gone);
        }
    }

    [Fact]
    public async Task An_inserted_event_is_named_also_one_that_is_there_already()
    {
        for (var time = 0; time < Times; time++)
        {
            var (file, at) = Chosen();
            var place = file.Events[random.Next(file.Events.Count)];
            var forged = file[at];
            if (time % 2 == 0)
            {
                forged = forged with { Position = 1_000_000 + time, Version = 99 };
                forged = forged with { Hash = Convert.ToHexStringLower(forged.Follows(Convert.FromHexString(forged.Previous!))) };
            }
            file.Lines.Insert(place, forged.ToString());
            await FoundAsync(file, StoreFaultKind.Inserted, forged.Position);
        }
    }

    [Fact]
    public async Task Events_in_another_order_are_named()
    {
        for (var time = 0; time < Times; time++)
        {
            var (file, at) = Chosen();
            var other = file.Events.Where(line => line != at).ElementAt(random.Next(file.Events.Count - 1));
            var (one, two) = (file[at], file[other]);
            (file.Lines[at], file.Lines[other]) = (file.Lines[other], file.Lines[at]);
            await FoundAsync(file, StoreFaultKind.Reordered, one.Position, two.Position);
            // One alone elsewhere.
            file = whole.Copy();
            var moved = file.Lines[at];
            file.Lines.RemoveAt(at);
            file.Lines.Insert(other, moved);
            if (!file.Lines.SequenceEqual(whole.Lines)) await FoundAsync(file, StoreFaultKind.Reordered, null);
        }
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_named()
    {
        for (var time = 0; time < Times; time++)
        {
            var (file, at) = Chosen();
            var first = file[at].Position;
            // Events alone, with all lines that speak of them left in place.
            foreach (var line in Enumerable.Reverse(file.Events).Where(line => line >= at)) file.Lines.RemoveAt(line);
            await FoundAsync(file, StoreFaultKind.CutOff, first);
            // Everything.
            file = whole.Copy();
            file.Lines.RemoveRange(at, file.Lines.Count - at);
            Assert.Equal(StoreFaultKind.CutOff, (await file.VerifyAsync(ground.Key.PublicPem)).Fault?.Kind);
        }
    }

    private (ExportFile File, int Line) Chosen(int but = 0) =>
        (whole.Copy(), whole.Events[random.Next(whole.Events.Count - but)]);

    private async Task FoundAsync(ExportFile file, StoreFaultKind kind, params long?[]? positions)
    {
        var found = await file.VerifyAsync(ground.Key.PublicPem);
        Assert.True(found.Fault?.Kind == kind && positions?.Contains(found.Fault.Position) != false, $"{found.Fault}");
        Assert.Null(found.Notes);
    }
}
