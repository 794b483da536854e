using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Browser;

/// <summary>A run that failed long ago: written by another node that shares the database, whose clock says so.</summary>
internal static class PastRun
{
    /// <summary>Writes one that ran out of memory so long ago.</summary>
    public static async Task<Id<Run>> FailedAsync(
        string database, Id<Project> project, string name, TimeSpan ago, CancellationToken cancel)
    {
        var (run, clock) = (new Id<Run>(Guid.CreateVersion7()), new SetBack(ago));
        await using var node = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = database, Types = PortalStore.Types, Projections = PortalStore.Projections, RunProjections = false,
            Time = clock,
        }, cancel);
        object[] facts =
        [
            Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = new(project.Value), Name = name },
            new RunFailed(run, new(FailureName.OutOfMemory, "It ran out of memory.")),
        ];
        PortalGround.Ok(await new Ledger(node.Store, clock).AppendAsync(
            Caller.Worker(Guid.CreateVersion7()), [new(Ledger.StreamOf<Run>(run.Value), 0, facts)], cancel));
        return run;
    }

    private sealed class SetBack(TimeSpan ago) : TimeProvider, IChance
    {
        public DateTimeOffset Now => GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - ago;

        public Guid NewGuid() => Guid.CreateVersion7();
    }
}
