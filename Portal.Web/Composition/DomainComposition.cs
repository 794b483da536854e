using System.Security.Cryptography;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Reports;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.Web.OAuth;

namespace Portal.Web.Composition;

/// <summary>The handlers that every door calls.</summary>
public static class DomainComposition
{
    /// <summary>Registers them. They hold no state, but for where streams belong.</summary>
    public static IServiceCollection AddDomain(this IServiceCollection services)
    {
        services.AddSingleton<IChance, Chance>().AddSingleton<IRandomBytes, RandomBytes>();
        services.AddSingleton<Ledger>().AddSingleton<Denials>().AddSingleton<Readings>().AddSingleton<Access>()
            .AddSingleton<RunAccess>().AddSingleton<KeyOpening>().AddSingleton<FindRepeatHandler>();
        services.AddSingleton<AuditReach>().AddSingleton<EventQuestionProblems>().AddSingleton<SearchEventsHandler>()
            .AddSingleton<ExportEventsHandler>().AddSingleton<EventCausesHandler>().AddSingleton<EventSubjects>()
            .AddSingleton<ChoiceSources>().AddSingleton<EventChoicesHandler>();
        services.AddSingleton<StreamProjects>().AddSingleton<LiveEvents>().AddSingleton<ReadEventsHandler>()
            .AddSingleton<FollowEventsHandler>().AddSingleton<Past>().AddSingleton<ProjectAtHandler>();
        services.AddSingleton<CreateProjectHandler>().AddSingleton<MyProjectsHandler>().AddSingleton<ListMembersHandler>()
            .AddSingleton<AllProjectsHandler>().AddSingleton<ShowProjectHandler>().AddSingleton<RenameProjectHandler>()
            .AddSingleton<INewAccount, PersonalProject>();
        services.AddSingleton<InvitationLinks>().AddSingleton<InviteMemberHandler>().AddSingleton<OpenInvitationHandler>()
            .AddSingleton<AcceptInvitationHandler>().AddSingleton<DeclineInvitationHandler>().AddSingleton<RevokeInvitationHandler>()
            .AddSingleton<ListInvitationsHandler>();
        services.AddSingleton<InviteAccountHandler>().AddSingleton<RevokeAccountInvitationHandler>()
            .AddSingleton<ListAccountInvitationsHandler>().AddSingleton<SignUpInvitations>();
        services.AddSingleton<EndLeases>().AddSingleton<ISubmitterGone>(services => services.GetRequiredService<EndLeases>())
            .AddSingleton<IMachineLeases>(services => services.GetRequiredService<EndLeases>()).AddSingleton<MyLeasesHandler>()
            .AddSingleton<ShowLeaseUseHandler>().AddSingleton<RevokeLeasesHandler>();
        services.AddSingleton<ChangeRoleHandler>().AddSingleton<RemoveMemberHandler>().AddSingleton<LeaveProjectHandler>()
            .AddSingleton<GrantRoleHandler>();
        services.AddSingleton<Standings>().AddSingleton<Admission>().AddSingleton<ByteAllowance>()
            .AddSingleton<ShowQuotasHandler>().AddSingleton<ChangeQuotaHandler>().AddSingleton<ListQuotasHandler>();
        services.AddSingleton<AccountAccess>().AddSingleton<ListAccountsHandler>().AddSingleton<DisableAccountHandler>()
            .AddSingleton<EnableAccountHandler>().AddSingleton<ChangeAdministratorHandler>().AddSingleton<GrantAdministratorHandler>()
            .AddSingleton<NameFirstAdministratorHandler>().AddSingleton<ListSessionsHandler>().AddSingleton<EndSessionsHandler>()
            .AddSingleton<ChangeAuditorHandler>().AddSingleton<ChangeSignInHandler>().AddSingleton<EndUserSessionsHandler>().AddSingleton<SignInNotes>();
        services.AddSingleton<IssueAccessTokenHandler>().AddSingleton<RevokeAccessTokenHandler>().AddSingleton<ListAccessTokensHandler>()
            .AddSingleton<RecogniseAccessTokenHandler>().AddSingleton<IntrospectAccessTokenHandler>()
            .AddSingleton<NoteWrongAddressHandler>();
        services.AddSingleton<AskForTokenHandler>().AddSingleton<OpenDeviceHandler>().AddSingleton<AnswerDeviceHandler>()
            .AddSingleton<FetchTokenHandler>().AddSingleton<IDeviceRequests, DeviceRequests>();
        services.AddSingleton<RegisterMachineHandler>().AddSingleton<ChangeMachineHandler>().AddSingleton<RetireMachineHandler>()
            .AddSingleton<ShareMachineHandler>().AddSingleton<UnshareMachineHandler>()
            .AddSingleton<ShowMachineHandler>().AddSingleton<ListMachinesHandler>().AddSingleton<ScanHostKeysHandler>()
            .AddSingleton<PinHostKeysHandler>().AddSingleton<ReportHostKeyChangedHandler>()
            .AddSingleton<ReadMachineEventsHandler>().AddSingleton<FollowMachineHandler>()
            .AddSingleton<MachineAtHandler>().AddSingleton<MachineSoftware>();
        services.AddSingleton<CreateCredentialHandler>().AddSingleton<RevokeCredentialHandler>().AddSingleton<ShowCredentialHandler>()
            .AddSingleton<TestConnectionHandler>().AddSingleton<MyCredentialsHandler>().AddSingleton<CredentialAccess>()
            .AddSingleton<CredentialAtHandler>().AddSingleton<CredentialHistoryHandler>();
        services.AddSingleton<KeepEndpointHandler>().AddSingleton<RemoveEndpointHandler>().AddSingleton<ListEndpointsHandler>()
            .AddSingleton<ShowEndpointHandler>().AddSingleton<OpenOutputHandler>();
        services.AddSingleton<AddWorkflowHandler>().AddSingleton<ShowWorkflowHandler>().AddSingleton<ListWorkflowsHandler>()
            .AddSingleton<ReadWorkflowsHandler>();
        services.AddSingleton<SubmitRunHandler>().AddSingleton<ShowRunHandler>().AddSingleton<ListRunsHandler>().AddSingleton<CancelRunHandler>()
            .AddSingleton<KeyLending>().AddSingleton<RetryRunHandler>().AddSingleton<PlanRetryHandler>()
            .AddSingleton<GiveTokenHandler>().AddSingleton<RevokeLeaseHandler>().AddSingleton<ReadRunEventsHandler>()
            .AddSingleton<ReadRunsHandler>().AddSingleton<ReadLogHandler>().AddSingleton<FollowRunHandler>()
            .AddSingleton<FollowRunsHandler>().AddSingleton<RunAtHandler>().AddSingleton<CompareRunsHandler>()
            .AddSingleton<ArchivedRuns>().AddSingleton<ShowArchivedRunHandler>();
        services.AddSingleton<ApprovalDemand>().AddSingleton<JudgeApproval>().AddSingleton<Approvers>().AddSingleton<AwaitedApprovers>()
            .AddSingleton<DecideApprovalHandler>().AddSingleton<ShowApprovalHandler>().AddSingleton<ListApprovalsHandler>()
            .AddSingleton<MyApprovalsHandler>().AddSingleton<ChangeApprovalRulesHandler>().AddSingleton<ShowApprovalRulesHandler>();
        services.AddSingleton<UsageReportHandler>().AddSingleton<UsageRuns>();
        services.AddSingleton<RetentionHolds>().AddSingleton<PlaceRetentionHoldHandler>().AddSingleton<LiftRetentionHoldHandler>()
            .AddSingleton<ListRetentionHoldsHandler>();
        services.AddErasure();
        return services;
    }

    // In the order in which a person's things end: runs before the keys that they use.
    private static void AddErasure(this IServiceCollection services) => services
        .AddSingleton<FreshProof>().AddSingleton<Erasable>().AddSingleton<EraseAccountHandler>()
        .AddSingleton<RemoveSecondFactorsHandler>().AddSingleton<SignInsHandler>()
        .AddSingleton<IPersonErased, GiveUpErased>()
        .AddSingleton<IPersonErased>(services => services.GetRequiredService<RevokeCredentialHandler>())
        .AddSingleton<IPersonErased>(services => services.GetRequiredService<RevokeAccessTokenHandler>())
        .AddSingleton<IPersonErased>(services => services.GetRequiredService<RemoveEndpointHandler>())
        .AddSingleton<IPersonErased, LeaveErased>();

    private sealed class Chance(TimeProvider time) : IChance
    {
        public DateTimeOffset Now => time.GetUtcNow();

        public Guid NewGuid() => Guid.CreateVersion7(time.GetUtcNow());
    }

    private sealed class RandomBytes : IRandomBytes
    {
        public byte[] Next(int count) => RandomNumberGenerator.GetBytes(count);
    }
}
