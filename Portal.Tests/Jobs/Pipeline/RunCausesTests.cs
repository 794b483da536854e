using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Jobs.Pipeline;
using Portal.Tests.Domain.Runs;

namespace Portal.Tests.Jobs.Pipeline;

public sealed class RunCausesTests
{
    private static readonly Id<Run> Id = Given.Id;

    private readonly RunCauses causes = new();
    private readonly Counting chance = new();
    private readonly List<string> told = [];

    [Fact]
    public void A_submission_led_to_phases_these_to_steps_and_transfers_a_step_to_its_job_and_the_job_to_its_end()
    {
        causes.See(chance.NewGuid(), Given.Submitted);                                                          // 1
        Write(new PhaseEntered(Id, Phase.StagingIn), new TransferStarted(Id, "input-0", "a", "b", 1));          // 2, 3
        Write(new TransferProgressed(Id, "input-0", 1, 2));                                                     // 4
        Write(new PhaseEntered(Id, Phase.Queued), new StepSubmitting(Id, "a", 1, "k"));                         // 5, 6
        Write(new TransferCompleted(Id, "input-0", 2, "00", false));                                            // 7
        Write(new JobSubmitted(Id, "a", "k", "7", null));                                                       // 8
        Write(Given.Ended("a", "failed"), new RunFailed(Id, Given.Trouble));                                    // 9, 10

        Assert.Equal(["2<1", "3<2", "4<3", "5<1", "6<5", "7<3", "8<6", "9<8", "10<9"], told);
    }

    [Fact]
    public void What_is_done_again_was_led_to_by_who_asked_for_it_again()
    {
        causes.See(chance.NewGuid(), Given.Submitted);                                                          // 1
        Write(new PhaseEntered(Id, Phase.Queued), new StepSubmitting(Id, "a", 1, "k"));                         // 2, 3
        causes.See(chance.NewGuid(), new RunRetried(Id, default, default, Phase.Queued, ["a"]));                // 4
        Write(Given.Ended("a", "failed"));                                                                      // 5
        Write(new PhaseEntered(Id, Phase.Queued), new StepSubmitting(Id, "a", 2, "l"), Given.Ended("a", "ok")); // 6, 7, 8

        Assert.Equal(["2<1", "3<2", "5<4", "6<4", "7<6", "8<7"], told);
    }

    private void Write(params object[] facts)
    {
        foreach (var written in causes.Named(facts, chance))
        {
            told.Add($"{Number(written.Id)}<{Number(written.Cause!.Value)}");
            causes.See(written.Id, written.Body);
        }
    }

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    private sealed class Counting : IChance
    {
        private int last;

        public DateTimeOffset Now => Given.Start;

        public Guid NewGuid() => new(++last, 0, 0, new byte[8]);
    }
}
