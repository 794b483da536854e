namespace Portal.Domain.Projects;

/// <summary>What a caller asks for: one for each command and query. What each takes stands in <see cref="Policy"/>.</summary>
public enum Operation
{
    /// <summary>See a project and that one is in it.</summary>
    ShowProject,
    /// <summary>Make a project.</summary>
    CreateProject,
    /// <summary>Give a project another name.</summary>
    RenameProject,
    /// <summary>See who is in a project.</summary>
    ListMembers,
    /// <summary>See whom a project has asked in.</summary>
    ListInvitations,
    /// <summary>Ask somebody in.</summary>
    InviteMember,
    /// <summary>Take an invitation back.</summary>
    RevokeInvitation,
    /// <summary>Look at an invitation that one has the link of, say yes or no to it.</summary>
    AnswerInvitation,
    /// <summary>Give a member another role.</summary>
    ChangeRole,
    /// <summary>Take a member out.</summary>
    RemoveMember,
    /// <summary>Leave a project.</summary>
    LeaveProject,
    /// <summary>See when a project wants a second look at a run.</summary>
    ShowApprovalRules,
    /// <summary>Say when a project wants a second look at a run.</summary>
    ChangeApprovalRules,

    /// <summary>See what a project uses of its quotas.</summary>
    ShowQuotas,
    /// <summary>Set a project's quotas.</summary>
    ChangeQuota,
    /// <summary>See the quotas of all projects.</summary>
    ListQuotas,

    /// <summary>See machines, their host keys and how they stand.</summary>
    ShowMachines,
    /// <summary>See what happened to a machine.</summary>
    ReadMachineEvents,
    /// <summary>Register a machine.</summary>
    RegisterMachine,
    /// <summary>Change a machine's settings.</summary>
    ChangeMachine,
    /// <summary>Retire a machine.</summary>
    RetireMachine,
    /// <summary>Share a machine with a project: asked for in its own and in the other one.</summary>
    ShareMachine,
    /// <summary>End that: asked for in its own project, or in the other one.</summary>
    UnshareMachine,
    /// <summary>Ask which host keys answer, and confirm them.</summary>
    ConfirmHostKeys,

    /// <summary>See one's own credential on a machine.</summary>
    ShowCredential,
    /// <summary>Make or rotate one's own credential.</summary>
    CreateCredential,
    /// <summary>Revoke one's own credential.</summary>
    RevokeCredential,
    /// <summary>Test the connection with one's own credential.</summary>
    TestConnection,

    /// <summary>See workflows and their versions.</summary>
    ShowWorkflows,
    /// <summary>Add a workflow, or a version of one.</summary>
    AddWorkflow,

    /// <summary>See endpoints.</summary>
    ShowEndpoints,
    /// <summary>Register an endpoint, or change one.</summary>
    KeepEndpoint,
    /// <summary>Take an endpoint away.</summary>
    RemoveEndpoint,

    /// <summary>See runs, follow them, read their events and logs, and what a retry would do.</summary>
    ShowRuns,
    /// <summary>Read the contents of a run's results.</summary>
    OpenOutput,
    /// <summary>Submit a run of a workflow that the project has.</summary>
    SubmitRun,
    /// <summary>Submit a run of a description that comes with it.</summary>
    SubmitDescription,
    /// <summary>Take one's own run up again.</summary>
    RetryRun,
    /// <summary>Lend one's own run its key anew.</summary>
    GiveToken,
    /// <summary>Take the key back from one's own run.</summary>
    RevokeLease,
    /// <summary>See the leases of one's own keys.</summary>
    ListLeases,
    /// <summary>Take the key back from all of one's own runs.</summary>
    RevokeLeases,
    /// <summary>Cancel one's own run.</summary>
    CancelOwnRun,
    /// <summary>Cancel a run of somebody else.</summary>
    CancelOthersRun,
    /// <summary>Approve or refuse a run for which its project wants a second look.</summary>
    DecideApproval,

    /// <summary>Read all events of a project.</summary>
    ReadEvents,
    /// <summary>Take a run away as a crate: its events to the letter, with the addresses that they came from.</summary>
    ExportRun,
    /// <summary>Seal what happened up to now, without waiting for the minute.</summary>
    SealNow,

    /// <summary>List all projects of the installation.</summary>
    ListAllProjects,
    /// <summary>Report on all projects of the installation.</summary>
    ReportAll,

    /// <summary>See all that must be kept, whoever said so.</summary>
    ListRetentionHolds,
    /// <summary>Say that a person, or whatever else, must be kept, or need not any more, whoever said so.</summary>
    KeepRetentionHolds,
    /// <summary>Say that one's own project, or a run in it, must be kept.</summary>
    PlaceRetentionHold,
    /// <summary>See the holds that one placed oneself, and lift them.</summary>
    KeepOwnRetentionHolds,

    /// <summary>See which runs are archived, and where.</summary>
    ListArchives,
    /// <summary>Archive runs that ended long ago, and bring them back.</summary>
    KeepArchives,

    /// <summary>Make an access token, or allow a program to have one.</summary>
    IssueAccessToken,
    /// <summary>See one's own access tokens.</summary>
    ListAccessTokens,
    /// <summary>Take one's own access tokens back.</summary>
    RevokeAccessToken,
    /// <summary>Show an access token at a door: it is good from some addresses alone.</summary>
    UseAccessToken,

    /// <summary>See people, and how their accounts stand.</summary>
    ListAccounts,
    /// <summary>Shut somebody out.</summary>
    DisableAccount,
    /// <summary>Let somebody in again.</summary>
    EnableAccount,
    /// <summary>Erase somebody.</summary>
    EraseAccount,
    /// <summary>Make somebody an administrator of the installation, or one no longer.</summary>
    ChangeAdministrator,
    /// <summary>Make somebody an auditor of the installation, or one no longer.</summary>
    ChangeAuditor,
    /// <summary>Take second factors away from somebody who has lost them.</summary>
    RemoveSecondFactors,
    /// <summary>Sign somebody out everywhere.</summary>
    EndUserSessions,
    /// <summary>See when and from where somebody else signed in.</summary>
    ListSignIns,
    /// <summary>Ask somebody to make an account.</summary>
    InviteAccount,
    /// <summary>See who was asked to make an account.</summary>
    ListAccountInvitations,
    /// <summary>Take such an invitation back.</summary>
    RevokeAccountInvitation,

    /// <summary>See when and from where one signed in oneself.</summary>
    ListOwnSignIns,
    /// <summary>See one's own sessions.</summary>
    ListSessions,
    /// <summary>End one's own sessions.</summary>
    EndSessions,
    /// <summary>Change how one signs in.</summary>
    ChangeSignIn,
}
