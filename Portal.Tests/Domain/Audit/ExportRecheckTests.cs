using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Audit;

/// <summary>An export that takes long ends when its reader may not read any more.</summary>
public sealed class ExportRecheckTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_removed_meanwhile_gets_no_more_and_who_stays_gets_all(bool removed)
    {
        var people = new MemberGround(await portals.PortalAsync(Cancel));
        var owner = await people.SignUpAsync();
        var project = await people.ProjectAsync(owner);
        var reader = await people.MemberAsync(owner, project, Role.Auditor);
        await people.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await people.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        var export = new ExportEventsHandler(people.Get<SearchEventsHandler>(), people.Get<AuditReach>(),
            new OneByOne(people.Get<IEventSearch>()), people.Get<IProofs>(), people.Get<Ledger>(), new Later());
        using var taken = PortalGround.Ok(await export.BeginAsync(reader, new() { Project = project }, "jsonl", false, Cancel));
        await using var parts = taken.PartsAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await parts.MoveNextAsync());
        if (removed) PortalGround.Ok(await people.Get<RemoveMemberHandler>().HandleAsync(owner, new(project, reader.User!.Value), Cancel));
        if (removed) await Assert.ThrowsAsync<OperationCanceledException>(async () => await parts.MoveNextAsync());
        else Assert.True(await parts.MoveNextAsync());
    }

    // Each look at the clock is a while after the one before.
    private sealed class Later : IChance
    {
        private DateTimeOffset now = DateTimeOffset.UtcNow;

        public DateTimeOffset Now => now += TimeSpan.FromSeconds(3);

        public Guid NewGuid() => Guid.CreateVersion7();
    }

    private sealed class OneByOne(IEventSearch search) : IEventSearch
    {
        public Task<EventsFound> PageAsync(EventSearch asked, bool newestFirst, int limit, CancellationToken cancel) =>
            search.PageAsync(asked, newestFirst, limit, cancel);

        public Task<EventCount> CountAsync(EventSearch asked, CancellationToken cancel) => search.CountAsync(asked, cancel);

        public Task<long> LastPositionAsync(CancellationToken cancel) => search.LastPositionAsync(cancel);

        public Task<IReadOnlyDictionary<long, Guid>> KeysAsync(
            string key, IReadOnlyCollection<long> positions, CancellationToken cancel) => search.KeysAsync(key, positions, cancel);

        public async IAsyncEnumerable<IReadOnlyList<EventText>> ReadAsync(
            EventSearch asked, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var portion in search.ReadAsync(asked, cancel))
                foreach (var one in portion) yield return [one];
        }
    }
}
