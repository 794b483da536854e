using static Portal.Domain.AccessTokens.Scope;
using static Portal.Domain.Projects.Permission;
using Scope = Portal.Domain.AccessTokens.Scope;

namespace Portal.Domain.Projects;

/// <summary>What an operation takes.</summary>
/// <param name="Permission">Of the person, in the project that it is about; null for what is everybody's own affair.</param>
/// <param name="Scopes">Of an access token, any one of these; none where every token will do.</param>
/// <param name="InPerson">Whether a person must be signed in: no token will do.</param>
/// <param name="Administrator">Whether it is for administrators of the installation alone, members of the project or not.</param>
/// <param name="Auditor">Whether it is for auditors of the installation alone; with <paramref name="Administrator"/>, for
/// either.</param>
public sealed record Rule(Permission? Permission, IReadOnlyList<Scope> Scopes, bool InPerson = false, bool Administrator = false,
    bool Auditor = false);

/// <summary>Who may do what: the one place that every command and query asks, whichever door it came by.</summary>
public static class Policy
{
    private static readonly Dictionary<Role, Permission[]> Roles = new()
    {
        [Role.Viewer] = [View],
        [Role.Auditor] = [View, Permission.ReadEvents],
        [Role.Submitter] = [View, Permission.ReadEvents, Submit],
        [Role.Maintainer] = [View, Permission.ReadEvents, Submit, CancelOthers, KeepMachines, KeepContents, Approve],
        [Role.Owner] = Enum.GetValues<Permission>(),
    };

    private static readonly Dictionary<Operation, Rule> Operations = new()
    {
        [Operation.ShowProject] = new(View, []),
        [Operation.CreateProject] = new(null, [KeepProject]),
        [Operation.RenameProject] = new(Permission.KeepMembers, [KeepProject]),
        [Operation.ListMembers] = new(View, [GetMember, KeepMember]),
        [Operation.ListInvitations] = new(Permission.KeepMembers, [GetMember, KeepMember]),
        [Operation.InviteMember] = new(Permission.KeepMembers, [KeepMember]),
        [Operation.RevokeInvitation] = new(Permission.KeepMembers, [KeepMember]),
        [Operation.AnswerInvitation] = new(null, [KeepProject]),
        [Operation.ChangeRole] = new(Permission.KeepMembers, [KeepMember]),
        [Operation.RemoveMember] = new(Permission.KeepMembers, [KeepMember]),
        [Operation.LeaveProject] = new(View, [KeepProject]),
        [Operation.ShowApprovalRules] = new(View, []),
        [Operation.ChangeApprovalRules] = new(Permission.KeepMembers, [], InPerson: true),

        [Operation.ShowQuotas] = new(View, []),
        [Operation.ChangeQuota] = ByAdministrator,
        [Operation.ListQuotas] = ByAdministrator,

        [Operation.ShowMachines] = new(View, [GetMachine, KeepMachine, KeepCredential, PostJob]),
        [Operation.ReadMachineEvents] = new(View, [GetMachine, KeepMachine]),
        [Operation.RegisterMachine] = new(KeepMachines, [KeepMachine]),
        [Operation.ChangeMachine] = new(KeepMachines, [KeepMachine]),
        [Operation.RetireMachine] = new(KeepMachines, [KeepMachine]),
        [Operation.ShareMachine] = new(KeepMachines, [KeepMachine]),
        [Operation.UnshareMachine] = new(KeepMachines, [KeepMachine]),
        [Operation.ConfirmHostKeys] = new(KeepMachines, [KeepMachine]),

        [Operation.ShowCredential] = new(View, [GetMachine, KeepCredential, PostJob]),
        [Operation.CreateCredential] = new(Submit, [KeepCredential]),
        [Operation.RevokeCredential] = new(View, [KeepCredential]),
        [Operation.TestConnection] = new(Submit, [KeepCredential]),

        [Operation.ShowWorkflows] = new(View, [GetCode, PostCode, PostJob]),
        [Operation.AddWorkflow] = new(KeepContents, [PostCode]),

        [Operation.ShowEndpoints] = new(View, [GetData, KeepData]),
        [Operation.KeepEndpoint] = new(KeepContents, [KeepData]),
        [Operation.RemoveEndpoint] = new(KeepContents, [KeepData]),

        [Operation.ShowRuns] = new(View, [GetJobStatus, GetJob]),
        [Operation.OpenOutput] = new(View, [GetFile]),
        [Operation.SubmitRun] = new(Submit, [PostJob]),
        [Operation.SubmitDescription] = new(Submit, [PostCode]),
        [Operation.RetryRun] = new(Submit, [UpdateJob]),
        [Operation.GiveToken] = new(Submit, [UpdateJob]),
        [Operation.RevokeLease] = new(Submit, [UpdateJob]),
        [Operation.ListLeases] = new(null, [GetJobStatus, GetJob, UpdateJob]),
        [Operation.RevokeLeases] = new(null, [UpdateJob]),
        [Operation.CancelOwnRun] = new(Submit, [DeleteJob]),
        [Operation.CancelOthersRun] = new(CancelOthers, [DeleteJob]),
        [Operation.DecideApproval] = new(Approve, [], InPerson: true),

        [Operation.ReadEvents] = new(Permission.ReadEvents, [GetEvent]),
        [Operation.ExportRun] = new(Permission.ReadEvents, [GetEvent]),
        [Operation.SealNow] = new(null, [GetEvent], Administrator: true, Auditor: true),

        [Operation.ListAllProjects] = new(null, [], Auditor: true),
        [Operation.ReportAll] = new(null, [GetEvent], Administrator: true, Auditor: true),
        [Operation.ListRetentionHolds] = new(null, [], InPerson: true, Administrator: true, Auditor: true),
        [Operation.KeepRetentionHolds] = new(null, [], InPerson: true, Administrator: true),
        [Operation.PlaceRetentionHold] = new(Permission.KeepMembers, [], InPerson: true),
        [Operation.KeepOwnRetentionHolds] = new(null, [], InPerson: true),

        [Operation.ListArchives] = new(null, [KeepArchive], Administrator: true, Auditor: true),
        [Operation.KeepArchives] = new(null, [KeepArchive], Administrator: true),

        [Operation.IssueAccessToken] = new(null, [], InPerson: true),
        [Operation.ListAccessTokens] = new(null, [KeepToken]),
        [Operation.RevokeAccessToken] = new(null, [KeepToken]),
        [Operation.UseAccessToken] = new(null, []),

        [Operation.ListAccounts] = ByAdministrator,
        [Operation.DisableAccount] = ByAdministrator,
        [Operation.EnableAccount] = ByAdministrator,
        [Operation.EraseAccount] = ByAdministrator,
        [Operation.ChangeAdministrator] = ByAdministrator,
        [Operation.ChangeAuditor] = ByAdministrator,
        [Operation.RemoveSecondFactors] = ByAdministrator,
        [Operation.EndUserSessions] = ByAdministrator,
        [Operation.ListSignIns] = new(null, [], InPerson: true, Administrator: true, Auditor: true),
        [Operation.InviteAccount] = ByAdministrator,
        [Operation.ListAccountInvitations] = ByAdministrator,
        [Operation.RevokeAccountInvitation] = ByAdministrator,

        [Operation.ListOwnSignIns] = new(null, [], InPerson: true),
        [Operation.ListSessions] = new(null, [], InPerson: true),
        [Operation.EndSessions] = new(null, [], InPerson: true),
        [Operation.ChangeSignIn] = new(null, [], InPerson: true),
    };

    // An administrator of the installation, who is there themselves.
    private static Rule ByAdministrator => new(null, [], InPerson: true, Administrator: true);

    /// <summary>What an operation takes.</summary>
    public static Rule Of(Operation operation) => Operations[operation];

    /// <summary>Whether auditors of the installation may do it in projects that they are no members of: what an auditor of the
    /// project may, but for what only a member has there to leave or to take back.</summary>
    public static bool IsAuditing(Operation operation) =>
        Of(operation) is { Permission: { } needed, Administrator: false } && Allows(Role.Auditor, needed)
        && operation is not (Operation.LeaveProject or Operation.RevokeCredential);

    /// <summary>Whether the role carries the permission.</summary>
    public static bool Allows(Role role, Permission permission) => Roles[role].Contains(permission);

    /// <summary>The least role that carries the permission, for the refusal's advice.</summary>
    public static Role LeastRole(Permission permission) => Enum.GetValues<Role>().First(role => Allows(role, permission));
}
