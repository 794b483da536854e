using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using static Portal.Tests.EventStore.Archives.ArchiveGround;

namespace Portal.Tests.EventStore.Archives;

public sealed class ArchiveTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Archived_and_brought_back_the_rows_are_the_same_byte_for_byte_and_the_store_verifies_all_along()
    {
        await using var ground = await MakeAsync(postgres);
        var before = await ground.RowsAsync();
        await ground.SealAsync(await ground.Store.HighestPositionAsync(Cancel), Cancel);
        Assert.True((await ground.VerifyAsync()).Holds);

        var archive = await ground.ArchiveAsync(1, 2, 4);
        Assert.Equal((3, 13), (archive.Streams, archive.Events));
        var report = await ground.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal((13, 0), (report.Archived, report.Unsealed));
        Assert.Contains(archive.File, Assert.Single(report.Remarks));
        Assert.True((await ground.VerifyAsync(files: true)).Holds);
        Assert.True((await ground.Database.VerifyAsync(null, Cancel)).Holds);
        Assert.Equal(["13 of 13"], await ground.ReadAsync("select count(*) filter (where body is null and metadata is null) "
            + "|| ' of ' || count(*) from portal_events.events where stream in ('sample-1', 'sample-2', 'sample-4')"));
        Assert.NotEqual(before, await ground.RowsAsync());

        // Once more is nothing more.
        Assert.Null(await ground.Database.Archives.MakeAsync(ground.Order(1, 2, 4), Cancel));
        Assert.Equal(new ArchiveRestored(archive.ArchiveId, 3, 13),
            await ground.Database.Archives.RestoreAsync(archive.ArchiveId, Samples.Metadata, Cancel));
        Assert.Null(await ground.Database.Archives.RestoreAsync(archive.ArchiveId, Samples.Metadata, Cancel));
        Assert.Equal(before, await ground.RowsAsync());
        report = await ground.VerifyAsync(files: true);
        Assert.Equal((null, 0), (report.Fault, report.Archived));
        Assert.Equal(["archive_written", "streams_archived", "archive_restored"],
            (await ground.Store.AllAsync(EventArchives.StreamOf(archive.ArchiveId))).Select(recorded => recorded.Type));

        // And away again, into a file of its own.
        Assert.NotEqual(archive.File, (await ground.ArchiveAsync(1)).File);
        Assert.True((await ground.VerifyAsync(files: true)).Holds);
    }

    [Fact]
    public async Task Nothing_is_appended_to_an_archived_stream_by_whichever_node()
    {
        await using var ground = await MakeAsync(postgres);
        await using var other = await ground.OpenAsync(1);
        // Both remember the head.
        await ground.Store.AppendedAsync(Name(3), 4, new SampleCounted(1, "m"));
        var kept = Samples.Append(Name(3), 5, new SampleCounted(2, "m"));
        Assert.IsType<AppendResult.Appended>(await other.Store.AppendAsync([kept], Cancel));
        var archive = await ground.ArchiveAsync(3);

        foreach (var node in (IEventStore[])[ground.Store, other.Store])
        {
            foreach (var expected in (long[])[0, 6, IEventStore.AnyVersion])
            {
                var refused = Assert.IsType<AppendResult.Archived>(
                    await node.AppendAsync([Samples.Append(Name(3), expected, new SampleCounted(3, "m"))], Cancel));
                Assert.Equal((Name(3), archive.File), (refused.Stream, refused.Archive.File));
            }
            // All or nothing, and what stands there already does.
            Assert.IsType<AppendResult.Archived>(await node.AppendAsync(
                [Samples.Append("sample-new", 0, new SampleOpened("a")), Samples.Append(Name(3), 6, new SampleCounted(3, "m"))], Cancel));
            Assert.True(Assert.IsType<AppendResult.Appended>(await node.AppendAsync([kept], Cancel)).Repeated);
            await node.AppendedAsync(Name(5), node == ground.Store ? 4 : 5, new SampleCounted(1, "m"));
        }
        Assert.Empty(await ground.Store.AllAsync("sample-new"));
        Assert.True((await ground.VerifyAsync()).Holds);

        await ground.Database.Archives.RestoreAsync(archive.ArchiveId, Samples.Metadata, Cancel);
        await other.Store.AppendedAsync(Name(3), 6, new SampleCounted(3, "m"));
    }

    [Fact]
    public async Task Who_reads_an_archived_stream_is_told_where_it_is_and_who_reads_all_sees_that_it_is()
    {
        await using var ground = await MakeAsync(postgres);
        var archive = await ground.ArchiveAsync(0);

        var told = await Assert.ThrowsAsync<StreamArchivedException>(() => ground.Store.AllAsync(Name(0)));
        Assert.Equal((Name(0), archive.File, archive.ArchiveId), (told.Stream, told.Archive.File, told.Archive.Id));
        await Assert.ThrowsAsync<StreamArchivedException>(() => ground.Store.ReadStreamsAsync([Name(1), Name(0)], Cancel));
        await Assert.ThrowsAsync<StreamArchivedException>(() => ground.Database.ProveAsync([(Name(0), 1)], Cancel));
        Assert.Equal([Name(0)], (await ground.Store.ArchivedAsync([Name(0), Name(1), "none"], Cancel)).Keys);

        var all = await ground.Store.ReadAllAsync(0, 1000, Cancel);
        Assert.Equal(4, all.Count(recorded => recorded is { Stream: "sample-0", Body: ArchivedEvent, Text: "{}" }));
        Assert.All(all.Where(recorded => recorded.Stream != Name(0)), recorded => Assert.IsNotType<ArchivedEvent>(recorded.Body));
        await ground.ModelsAsync();
        var found = (await ground.Database.Search.PageAsync(new() { Types = ["sample_opened"] }, false, 10, Cancel)).Events;
        Assert.Equal((Streams, "user-1", "page"), (found.Count, found[0].Metadata.Actor, found[0].Metadata.Door));
        Assert.Equal(new ArchivedEvent("sample_opened", archive.ArchiveId), found[0].Body);
    }

    [Fact]
    public async Task What_is_stopped_half_way_leaves_everything_where_it_was()
    {
        await using var ground = await MakeAsync(postgres);
        var before = await ground.RowsAsync();

        // Stopped after its first event, before there is a file; then something is appended while the file is being made.
        var asked = 0;
        await Assert.ThrowsAsync<ArchiveException>(() => ground.Database.Archives.MakeAsync(ground.Order(2) with
        {
            SealAsync = async (position, cancel) => ++asked == 1 && await ground.SealAsync(position, cancel),
        }, Cancel));
        Assert.Empty(Directory.GetFiles(ground.Folder));
        Assert.Equal(before, await ground.RowsAsync());
        asked = 0;
        var moved = await Assert.ThrowsAsync<ArchiveException>(() => ground.Database.Archives.MakeAsync(ground.Order(2) with
        {
            SealAsync = async (position, cancel) =>
            {
                if (++asked == 2) await ground.Store.AppendedAsync(Name(2), 4, new SampleCounted(1, "m"));
                return await ground.SealAsync(position, cancel);
            },
        }, Cancel));
        Assert.Equal("STREAM_MOVED_ON", moved.Code);
        // The file was written, and nothing relies on it.
        Assert.Single(Directory.GetFiles(ground.Folder));
        Assert.Equal(before.Count + 1, (await ground.RowsAsync()).Count);
        Assert.Equal(5, (await ground.Store.AllAsync(Name(2))).Count);
        Assert.True((await ground.VerifyAsync(files: true)).Holds);

        await ground.ArchiveAsync(2);
        Assert.True((await ground.VerifyAsync(files: true)).Holds);
    }

    [Fact]
    public async Task What_is_appended_beside_an_archive_is_before_it_or_refused()
    {
        await using var ground = await MakeAsync(postgres);
        await using var other = await ground.OpenAsync(1);
        for (var round = 0; round < 10; round++)
        {
            var stream = 100 + round;
            await ground.Store.AppendedAsync(Name(stream), 0, new SampleOpened("a"));
            var writers = ((IEventStore[])[ground.Store, other.Store]).Select(node => Task.Run(() => WriteAsync(node, Name(stream)))).ToList();
            StreamsArchived? archive = null;
            while (archive is null)
                try
                {
                    archive = await ground.Database.Archives.MakeAsync(ground.Order(stream), Cancel);
                }
                catch (ArchiveException moved) when (moved.Code == "STREAM_MOVED_ON")
                {
                    // Somebody was quicker: it is archived anew.
                }
            await Task.WhenAll(writers);
            Assert.Equal([$"{archive.Events}|{archive.Events}"], await ground.ReadAsync(
                $"select count(*) || '|' || count(archive) from portal_events.events where stream = '{Name(stream)}'"));
        }
        await ground.SealAsync(await ground.Store.HighestPositionAsync(Cancel), Cancel);
        Assert.Null((await ground.VerifyAsync(files: true)).Fault);

        // Until it is refused, or there was enough.
        static async Task WriteAsync(IEventStore node, string stream)
        {
            for (var times = 0; times < 200; times++)
                if (await node.AppendAsync([Samples.Append(stream, IEventStore.AnyVersion, new SampleCounted(1, "m"))], Cancel)
                    is AppendResult.Archived) return;
        }
    }

    [Fact]
    public async Task One_node_at_a_time_archives()
    {
        await using var ground = await MakeAsync(postgres);
        await using var other = await ground.OpenAsync(1);
        string? refused = null;
        Assert.NotNull(await ground.Database.Archives.MakeAsync(ground.Order(2) with
        {
            SealAsync = async (position, cancel) =>
            {
                refused ??= (await Assert.ThrowsAsync<ArchiveException>(() => other.Archives.MakeAsync(ground.Order(3), cancel))).Code;
                return await ground.SealAsync(position, cancel);
            },
        }, Cancel));
        Assert.Equal("ARCHIVE_BUSY", refused);
        Assert.NotNull(await other.Archives.MakeAsync(ground.Order(3), Cancel));
        Assert.Equal("KEYS_UNKNOWN", (await Assert.ThrowsAsync<ArchiveException>(
            () => other.Archives.MakeAsync(ground.Order(4) with { Keys = "" }, Cancel))).Code);
        using var foreign = SealKey.LoadOrCreate(Path.Combine(ground.Folder, "foreign.pem"));
        Assert.Equal("KEYS_UNKNOWN", (await Assert.ThrowsAsync<ArchiveException>(
            () => other.Archives.MakeAsync(ground.Order(4) with { Keys = foreign.PublicPem }, Cancel))).Code);
    }

    [Fact]
    public async Task By_plain_statements_nothing_is_changed_and_nothing_wrong_comes_back()
    {
        await using var ground = await MakeAsync(postgres);
        var archive = await ground.ArchiveAsync(2);
        string[] statements =
        [
            "delete from portal_events.events where stream = 'sample-2'", "delete from portal_events.archives",
            "truncate portal_events.archives", "update portal_events.events set hash = sha256(hash)",
            "update portal_events.events set body = '{}' where stream = 'sample-1'",
            "update portal_events.events set body = null, metadata = null, archive = gen_random_uuid() where stream = 'sample-1'",
            "update portal_events.events set body = '{}', metadata = '{}', archive = null where stream = 'sample-2'",
            $"set portal_events.archiving = '{archive.ArchiveId}'; "
                + "update portal_events.events set body = '{}', metadata = '{}', archive = null where stream = 'sample-2'",
            $"set portal_events.archiving = '{archive.ArchiveId}'; "
                + "update portal_events.events set version = version + 10 where stream = 'sample-2'",
        ];
        var before = await ground.RowsAsync();
        foreach (var statement in statements)
            Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(
                () => PostgresFixture.RunAsync(ground.ConnectionString, statement))).SqlState);
        Assert.Equal(before, await ground.RowsAsync());
    }

    [Theory]
    [InlineData(true, "ARCHIVE_MISSING")]
    [InlineData(false, "ARCHIVE_CHANGED")]
    public async Task A_file_that_is_gone_or_changed_brings_nothing_back(bool gone, string code)
    {
        await using var ground = await MakeAsync(postgres);
        var archive = await ground.ArchiveAsync(2, 5);
        var rows = await ground.RowsAsync();
        var file = await File.ReadAllBytesAsync(ground.PathOf(archive), Cancel);
        if (gone) File.Delete(ground.PathOf(archive));
        else await File.WriteAllBytesAsync(ground.PathOf(archive), [.. file[..^1], (byte)(file[^1] ^ 1)], Cancel);

        var refused = await Assert.ThrowsAsync<ArchiveException>(
            () => ground.Database.Archives.RestoreAsync(archive.ArchiveId, Samples.Metadata, Cancel));
        Assert.Equal(code, refused.Code);
        Assert.Equal(rows, await ground.RowsAsync());
        Assert.True((await ground.VerifyAsync()).Holds);
        Assert.Equal(gone ? StoreFaultKind.FileMissing : StoreFaultKind.FileChanged, (await ground.VerifyAsync(files: true)).Fault!.Kind);
        Assert.Equal("ARCHIVE_UNKNOWN", (await Assert.ThrowsAsync<ArchiveException>(
            () => ground.Database.Archives.RestoreAsync(Guid.NewGuid(), Samples.Metadata, Cancel))).Code);

        await File.WriteAllBytesAsync(ground.PathOf(archive), file, Cancel);
        Assert.NotNull(await ground.Database.Archives.RestoreAsync(archive.ArchiveId, Samples.Metadata, Cancel));
    }
}
