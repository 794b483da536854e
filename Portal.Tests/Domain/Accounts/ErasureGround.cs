using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Somebody, and the mail address of their account.</summary>
internal sealed record Erasable(Caller Caller, string Address);

/// <summary>People who are erased, and who erase.</summary>
internal sealed class ErasureGround(SchemaGround ground)
{
    private AccountGround People => new(ground.Portal);

    /// <summary>An administrator in a session that has just begun.</summary>
    public async Task<Caller> AdministratorAsync()
    {
        var administrator = await People.AdministratorAsync();
        return administrator with { Session = await People.SessionAsync(administrator) };
    }

    /// <summary>Somebody new.</summary>
    public async Task<Erasable> PersonAsync()
    {
        var address = MemberGround.Address();
        return new(await People.SignUpAsync(address), address);
    }

    public Task<Result<Id<User>>> EraseAsync(Caller caller, Erasable whom) => ground.Get<EraseAccountHandler>().HandleAsync(
        caller, new(whom.Caller.User!.Value, whom.Address), TestContext.Current.CancellationToken);

    /// <summary>A run of somebody's whose first step waits in a queue, or that is over; in their own project where none is
    /// named.</summary>
    public async Task<Id<Run>> RunAsync(Caller caller, Id<Project>? project = null, bool over = false)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        await ground.HappenAsync<Run>(run.Value,
            Given.Submitted with
            {
                RunId = run, SubmittedBy = caller.User!.Value, ProjectId = project ?? new Id<Project>(caller.User.Value.Value),
            },
            new StepSubmitting(run, "a", 1, "k"), new JobSubmitted(run, "a", "k", "7", null));
        if (over) await ground.HappenAsync<Run>(run.Value, new RunCancelled(run));
        return run;
    }
}
