using Portal.EventStore;
using Portal.Tests.EventStore.Search;
using Portal.Tests.Fixtures;
using static Portal.Tests.EventStore.Archives.ArchiveGround;

namespace Portal.Tests.EventStore.Archives;

public sealed class ArchiveRebuildTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Made_anew_with_archives_read_models_and_index_have_the_same_rows()
    {
        await using var ground = await MakeAsync(postgres);
        await ground.ArchiveAsync(1, 4);
        await ground.ArchiveAsync(0, 3, 5);
        var before = await ground.ModelsAsync();
        Assert.Contains(before, row => row.Contains(SampleIndex.Thing(4).ToString(), StringComparison.Ordinal));

        await ground.ReopenAsync(2);
        Assert.Equal(before, await ground.ModelsAsync());
        Assert.All(await ground.Database.ProjectionsAsync(Cancel), status => Assert.Equal((2, 0), (status.Version, status.Failures)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_the_file_nothing_is_made_anew_and_the_rows_stay(bool gone)
    {
        await using var ground = await MakeAsync(postgres);
        var archive = await ground.ArchiveAsync(1, 4);
        var before = await ground.ModelsAsync();
        var file = await File.ReadAllBytesAsync(ground.PathOf(archive), Cancel);
        if (gone) File.Delete(ground.PathOf(archive));
        else await File.AppendAllTextAsync(ground.PathOf(archive), "x", Cancel);

        var refused = await Assert.ThrowsAsync<ArchiveException>(() => ground.OpenAsync(2));
        Assert.Equal(gone ? "ARCHIVE_MISSING" : "ARCHIVE_CHANGED", refused.Code);
        Assert.Contains(archive.File, refused.Message, StringComparison.Ordinal);
        Assert.Equal("ARCHIVES_OFF", (await Assert.ThrowsAsync<ArchiveException>(() => ground.OpenAsync(2, ""))).Code);
        Assert.Equal(before, await ground.ModelsAsync());
        // As it is, it starts.
        await ground.ReopenAsync(1);

        await File.WriteAllBytesAsync(ground.PathOf(archive), file, Cancel);
        await ground.ReopenAsync(2);
        Assert.Equal(before, await ground.ModelsAsync());
    }
}
