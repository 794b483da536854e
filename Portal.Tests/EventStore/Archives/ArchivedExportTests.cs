using Portal.EventStore;
using Portal.Tests.EventStore.Search;
using Portal.Tests.Fixtures;
using static Portal.Tests.EventStore.Archives.ArchiveGround;

namespace Portal.Tests.EventStore.Archives;

/// <summary>An export with proof has archived events whole, from their file.</summary>
public sealed class ArchivedExportTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_archived_is_exported_with_proof_as_if_it_were_not()
    {
        await using var ground = await MakeAsync(postgres);
        await ground.SealAsync(await ground.Store.HighestPositionAsync(Cancel), Cancel);
        var before = await LinesAsync(ground);
        Assert.Equal(25, before.Count);
        var archive = await ground.ArchiveAsync(1, 4);
        Assert.Equal(before, (await LinesAsync(ground)).Take(before.Count));
        Assert.All(before, line => Assert.Equal(line.Hash, Convert.ToHexStringLower(line.Follows(Convert.FromHexString(line.Previous!)))));

        File.Delete(ground.PathOf(archive));
        await ground.ReopenAsync(1);
        Assert.Equal("ARCHIVE_MISSING", (await Assert.ThrowsAsync<ArchiveException>(() => LinesAsync(ground))).Code);
    }

    [Fact]
    public async Task Who_reads_many_streams_is_told_which_is_archived()
    {
        await using var ground = await MakeAsync(postgres);
        var archive = await ground.ArchiveAsync(2);
        var fault = await Assert.ThrowsAsync<StreamArchivedException>(() => ground.Store.ReadStreamsAsync([Name(1), Name(2)], Cancel));
        Assert.Equal((Name(2), archive.File), (fault.Stream, fault.Archive.File));
        Assert.Single(await ground.Store.ReadStreamsAsync([Name(1)], Cancel));
    }

    private static async Task<List<EventLine>> LinesAsync(ArchiveGround ground)
    {
        await ground.Database.Documents.CaughtUpAsync<SampleIndex>(await ground.Store.HighestPositionAsync(Cancel), Cancel);
        var lines = new List<EventLine>();
        await foreach (var part in ground.Database.ProveAsync(ground.Database.Search.ReadAsync(new(), Cancel), Cancel))
            lines.AddRange(part.Events.Select((one, at) => EventLine.Of(one, part.Previous![at])));
        return lines;
    }
}
