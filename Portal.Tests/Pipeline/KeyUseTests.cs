using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Pipeline;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Pipeline;

/// <summary>What a run's key was used for is told with the first fact that comes of it, and once.</summary>
public sealed class KeyUseTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_told_in_front_of_the_first_fact_and_not_again_whoever_takes_over()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        var log = await LogAsync(run);
        log.Note(KeyUse.Submit, "a");
        log.Note(KeyUse.Submit, "a");
        Assert.False(await log.WriteAsync(_ => [], Cancel));
        Assert.Empty(log.State.Uses);
        await log.WriteAsync(_ => [new StepSubmitting(run, "a", 1, "key-1")], Cancel);
        log.Note(KeyUse.Submit, "a");
        log.Note(KeyUse.Watch, "a");
        await log.WriteAsync(_ => [new JobSubmitted(run, "a", "key-1", "41", null)], Cancel);
        // Another worker, of the same run: it knows what was told.
        var next = await LogAsync(run);
        next.Note(KeyUse.Watch, "a");
        next.Note(KeyUse.Watch, "b");
        await next.WriteAsync(_ => [new OutputsFound(run, [])], Cancel);
        Assert.Equal(["run_submitted", "lease_granted", "credential_used", "step_submitting", "credential_used", "job_submitted",
            "credential_used", "outputs_found"], await TypesAsync(run));
        var lease = next.State.Lease!;
        Assert.Equal([new(run, lease.Credential, lease.Id, KeyUse.Submit, "a"), new(run, lease.Credential, lease.Id,
            KeyUse.Watch, "a"),
            new CredentialUsed(run, lease.Credential, lease.Id, KeyUse.Watch, "b")], next.State.Uses);
    }

    [Fact]
    public async Task A_key_that_took_the_place_of_another_is_told_anew_and_a_new_lease_of_the_same_is_not()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        var log = await LogAsync(run);
        await UseAsync(log, new Id<Credential>(log.State.Lease!.Credential.Value));
        await UseAsync(log, log.State.Lease!.Credential);
        await UseAsync(log, new(Guid.CreateVersion7()));
        Assert.Equal(2, log.State.Uses.Count);

        async Task UseAsync(RunLog with, Id<Credential> key)
        {
            await with.WriteAsync(_ => [new LeaseGranted(run, new(Guid.CreateVersion7()), key, ground.Ada.User!.Value,
                DateTimeOffset.MaxValue)], Cancel);
            with.Note(KeyUse.Stage, null);
            await with.WriteAsync(state => [new TransferStarted(run, "input-0", "a", "b", state.Uses.Count + 1)], Cancel);
        }
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void Every_act_that_takes_a_line_says_what_it_is_for(Act act, KeyUse? use) => Assert.Equal(use, KeyUses.Of(act)?.Use);

    public static TheoryData<Act, KeyUse?> Acts()
    {
        var step = new StepState("a", StepStatus.Waiting);
        return new()
        {
            { new Act.CheckKept(), KeyUse.Check }, { new Act.FetchInputs([0]), KeyUse.Stage }, { new Act.StageCode(),
                KeyUse.Stage },
            { new Act.SubmitStep(step), KeyUse.Submit }, { new Act.LookUp(step), KeyUse.LookUp }, { new Act.Watch(step),
                KeyUse.Watch },
            { new Act.CancelStep(step), KeyUse.Cancel }, { new Act.Collect(), KeyUse.Collect }, { new Act.Upload([0]),
                KeyUse.Upload },
            { new Act.FetchCode(), null }, { new Act.AskApproval(), null }, { new Act.AwaitApproval(), null },
                { new Act.Rest(), null },
        };
    }

    private async Task<RunLog> LogAsync(Id<Run> run)
    {
        var log = new RunLog(run, ground.Get<IEventStore>(), ground.Get<IChance>());
        await log.RefreshAsync(Cancel);
        return log;
    }

    private async Task<List<string>> TypesAsync(Id<Run> run)
    {
        var types = new List<string>();
        await foreach (var recorded in ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Run>(run.Value), cancel: Cancel))
            types.Add(recorded.Type);
        return types;
    }
}
