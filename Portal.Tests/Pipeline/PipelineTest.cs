using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>Tests with a portal of their own on a site that others share.</summary>
public abstract class PipelineTest(PostgresFixture postgres, SiteFixture fixture) : IAsyncLifetime
{
    private string? gate;

    protected PortalGround Ground { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Ground = await PortalGround.StartAsync(postgres, await fixture.SiteAsync());

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Ground?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A run whose job runs until <see cref="OnceAsync"/> lets it end.</summary>
    protected async Task<Id<Run>> RunningAsync(bool attended = false)
    {
        gate = await Ground.Site.FolderAsync("gate") + "/go";
        await Ground.Site.RunAsync($"mkfifo {gate}");
        var run = await Ground.SubmitAsync(Workflows.Step($"cat {gate}"), attended);
        await Ground.UntilAsync(run, fact => fact is JobObserved { State: "running" });
        return run;
    }

    /// <summary>Waits until a run is held so.</summary>
    protected async Task<Failure> HeldAsync(Id<Run> run, Hold hold, FailureName name)
    {
        var facts = await Ground.UntilAsync(run, fact =>
            PortalGround.IsEnd(fact) || (fact is RunHeld held && held.Hold == hold && held.Failure.Name == name));
        return Assert.IsType<RunHeld>(facts[^1]).Failure;
    }

    /// <summary>Lets the job of <see cref="RunningAsync"/> end, whatever becomes of its run.</summary>
    protected async Task OpenGateAsync()
    {
        if (gate is not null) await Ground.Site.RunAsync($"echo > {gate}");
    }

    /// <summary>Lets a run end, and sees that it had one job.</summary>
    protected async Task OnceAsync(Id<Run> run)
    {
        await OpenGateAsync();
        await Ground.SucceededAsync(run);
        Assert.Single(await Ground.JobsAsync(run));
    }
}
