using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>Another node on the database of a portal that does no work: nobody carries out what it writes of runs.</summary>
internal static class OtherNode
{
    /// <summary>Writes the first facts of a run.</summary>
    public static async Task SubmitAsync(string database, Id<Run> run, CancellationToken cancel, params object[] facts)
    {
        await using var node = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = database, Types = new(typeof(RunSubmitted).Assembly), RunProjections = false }, cancel);
        var now = new Chance();
        PortalGround.Ok(await new Ledger(node.Store, now).AppendAsync(
            Caller.Worker(now.NewGuid()), [new(Ledger.StreamOf<Run>(run.Value), 0, facts)], cancel));
    }

    private sealed class Chance : IChance
    {
        public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public Guid NewGuid() => Guid.CreateVersion7();
    }
}
