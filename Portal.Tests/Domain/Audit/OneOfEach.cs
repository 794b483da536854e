using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.Tests.Domain.Runs;

namespace Portal.Tests.Domain.Audit;

/// <summary>A stream of each class of things, as a portal could have written it.</summary>
internal static class OneOfEach
{
    public static IReadOnlyList<(string Name, object[] Facts)> Streams()
    {
        var (project, owner, until) = (Given.Submitted.ProjectId, new Id<User>(Guid.NewGuid()), Given.Start.AddDays(7));
        return
        [
            Of<Project>(project.Value, new ProjectCreated(project, "Tides", owner, false),
                new ApprovalRulesChanged(project, new(CodeRule.New, true, 100, false)),
                new MemberInvited(project, New<Invitation>(), Role.Submitter, null, owner, new('1', 64), until)),
            Of<Run>(Given.Id.Value,
                [.. Given.Queued, new CredentialUsed(Given.Id, Given.Credential, Given.Lease, KeyUse.Submit, "a"),
                .. Given.Done[Given.Queued.Length..], new RunSucceeded(Given.Id)]),
            Of<Quota>(project.Value, new ProjectQuotaChanged(project, new(Runs: 4)), new RunAdmitted(project, Given.Id)),
            Of<Account>(owner.Value, new AdministratorNamed(owner)),
            Thing<Machine>(id => [new MachineRegistered(id, project, owner,
                    new("aurora", "login.example.org", 22, "ada", "/work", null, null, "slurm", [], [])),
                new HostKeysPinned(id, [new("ssh-ed25519", "SHA256:one", "AAAA")])]),
            Thing<Credential>(id =>
                [new CredentialCreated(id, project, New<Machine>(), owner, "ssh-ed25519 AAAA portal", "SHA256:key"),
                new CredentialTested(id, true)]),
            Thing<Endpoint>(id => [new EndpointRegistered(id, project, "data", "ftp://data.example.org", "ada"),
                new EndpointChanged(id, "ftps://data.example.org", null)]),
            Thing<Workflow>(id => [new WorkflowAdded(id, project, "tides"),
                new WorkflowVersionAdded(id, 1, "Tides", null, "portal: 1", owner),
                new WorkflowVersionAdded(id, 2, "Tides", "Ebb and flow", "portal: 1\n", owner)]),
            Thing<AccessToken>(id =>
                [new AccessTokenAllowed(id, owner, "a script", ["get_job"], ["get_job"], project, ["10.0.0.0/8"], until),
                new AccessTokenIssued(id, owner, "a script", new('2', 64), until, ["get_job"], project, ["10.0.0.0/8"])]),
            Thing<AccountInvitation>(id => [new AccountInvited(id, owner, new('3', 64), until)]),
            Thing<RetentionHold>(id => [new RetentionHoldPlaced(id, HeldKind.Project, project.Value, "A dispute.", null, owner),
                new RetentionHoldLifted(id, owner)]),
        ];
    }

    private static Id<T> New<T>() => new(Guid.CreateVersion7());

    private static (string Name, object[] Facts) Of<T>(Guid id, params object[] facts) where T : class, IAggregate<T> =>
        (Ledger.StreamOf<T>(id), facts);

    private static (string Name, object[] Facts) Thing<T>(Func<Id<T>, object[]> facts) where T : class, IAggregate<T>
    {
        var id = New<T>();
        return (Ledger.StreamOf<T>(id.Value), facts(id));
    }
}
