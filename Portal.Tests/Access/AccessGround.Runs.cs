using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

// The runs that can be asked about.
public sealed partial class AccessGround
{
    // One under way, one that failed, one that was approved, and one of the same workflow that waits for a second look.
    private async Task RunsAsync(Caller owner, ShownToken sender, Func<Id<Run>, SubmitRun> submit)
    {
        var (run, lease) = await SubmitAsync("Run", owner);
        Things["Position"] = $"{await HappenAsync<Run>(run.Value, new StepSubmitting(run, "a", 1, "key-1"))}";
        await HappenAsync<Run>(run.Value, new TransferStarted(run, "output-0", "out.txt", "out.txt", 1));
        await HappenAsync<Run>(run.Value, new TransferCompleted(run, "output-0", 5, new string('a', 64), false));
        await HappenAsync<Run>(run.Value, new CodeResolved(run, "https://git.example.org/tides.git", null, "c0ffee"));
        await HappenAsync<Run>(run.Value, new AttemptPostponed(run, "output-1", 1, new(FailureName.Unreachable,
            "Nobody answers."), DateTimeOffset.UtcNow));
        await ground.Get<LogStore>().AddAsync(new(run, "a", 1, null, "stdout"), 0, "hello"u8.ToArray(), true, Cancel);
        await ground.Get<ILeaseUses>().NoteAsync(lease, Cancel);
        var (failed, over) = await SubmitAsync("FailedRun", owner);
        var broke = new Failure(FailureName.ExitCode, "It broke.");
        foreach (var fact in (object[])[new StepSubmitting(failed, "a", 1, "key-1"),
            new StepEnded(failed, "a", 1, "failed", 3, new(0, 0, 0, 1, 0), null, null, broke, null), new RunFailed(failed,
                broke), new LeaseEnded(failed, over, "done")])
            await HappenAsync<Run>(failed.Value, fact);
        foreach (var (thing, caller) in ((string, Caller)[])[("ApprovedRun", owner with { Token = sender, Door = "rest" }),
            ("WaitingRun", owner)])
        {
            var (id, _) = await SubmitAsync(thing, caller);
            await HappenAsync<Run>(id.Value, new ApprovalDemanded(id, new(CodeRule.New, false, null, false)));
            await HappenAsync<Run>(id.Value, new PhaseEntered(id, Phase.AwaitingApproval));
            await HappenAsync<Run>(id.Value, new ApprovalAsked(id, Hash, Hash, null, [ApprovalReason.NewCode], 1.5));
            if (thing == "ApprovedRun") await HappenAsync<Run>(id.Value, new RunApproved(id, Hash, owner.User!.Value, true,
                null));
        }

        async Task<(Id<Run> Run, Id<Lease> Lease)> SubmitAsync(string thing, Caller caller)
        {
            var id = new Id<Run>(Guid.CreateVersion7());
            var made = PortalGround.Ok(await ground.Get<SubmitRunHandler>().HandleAsync(caller, submit(id), Cancel));
            Things[thing] = id.ToString();
            return (id, made.State.Lease!.Id);
        }
    }
}
