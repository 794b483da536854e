using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Mail;

/// <summary>Who may approve hears by mail that runs wait, and not of each of them.</summary>
public sealed class ApproverNewsTests(PostgresFixture postgres) : IAsyncDisposable
{
    private const string Hash = "aa";
    private static readonly ApprovalRules Rules = new(CodeRule.New, false, null, false);

    private TestPortal? portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MemberGround Ground => new(portal!);

    [Fact]
    public async Task Approvers_are_told_but_not_of_their_own_runs_and_not_of_each_one()
    {
        await using var mails = await MailHost.StartAsync(Cancel);
        portal = await TestPortal.StartAsync(postgres, Cancel,
            "--Portal:Roles=web", "--Portal:Address=http://portal.test", "--Portal:Mail:Host=127.0.0.1",
            $"--Portal:Mail:Port={mails.Port}", "--Portal:Mail:Tls=none", "--Portal:Mail:From=portal@example.org");
        var (owner, ownerMail) = await PersonAsync();
        var (maintainer, maintainerMail) = await PersonAsync();
        var (submitter, submitterMail) = await PersonAsync();
        var (disabled, disabledMail) = await PersonAsync();
        var project = await Ground.ProjectAsync(owner);
        await JoinAsync(project, (maintainer, Role.Maintainer), (submitter, Role.Submitter), (disabled, Role.Maintainer));
        await HappenAsync<Account>(disabled.User!.Value.Value, new AccountDisabled(disabled.User.Value));

        var own = await WaitingAsync(project, maintainer);
        var first = await mails.NextAsync(ownerMail, Cancel);
        Assert.Equal("A run waits for your approval", first.Message.Subject);
        Assert.Equal("http://portal.test/approvals", first.Link);
        Assert.Contains("\u201cTides\u201d", first.Message.TextBody);

        // The owner was told a moment ago; the maintainer was not.
        var other = await WaitingAsync(project, submitter);
        await mails.NextAsync(maintainerMail, Cancel);
        Assert.Equal(2, mails.Mails.Count);
        await SqlAsync("update accounts.told_approvers set at = now() - interval '16 minutes'");
        foreach (var _ in (int[])[1, 2]) await TellAsync();
        Assert.Equal("2 runs wait for your approval", (await mails.NextAsync(ownerMail, Cancel, 1)).Message.Subject);
        Assert.Equal("A run waits for your approval", (await mails.NextAsync(maintainerMail, Cancel, 1)).Message.Subject);

        // What was decided before the mail was written is not told of.
        await SqlAsync("update accounts.told_approvers set at = now() - interval '16 minutes'");
        var awaited = await Ground.Get<AwaitedApprovers>().ListAsync(project, Cancel);
        Assert.Equal([(maintainer.User, 1), (owner.User, 2)],
            awaited.Select(one => ((Id<User>?)one.User, one.Runs)).OrderBy(one => one.Runs));
        foreach (var run in (Id<Run>[])[own, other])
            PortalGround.Ok(await Ground.Get<DecideApprovalHandler>().HandleAsync(owner, new(run, Hash, true), Cancel));
        await Ground.Get<IDocuments>().CaughtUpAsync<RunView>(await Ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        foreach (var one in awaited) await Ground.Get<Outbox>().PutAsync(one with { Since = DateTimeOffset.UtcNow }, Cancel);
        await EmptyAsync();
        Assert.DoesNotContain(mails.Mails, mail => mail.To.Contains(submitterMail) || mail.To.Contains(disabledMail));
        Assert.Equal(4, mails.Mails.Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null) await portal.DisposeAsync();
    }

    private async Task<(Caller Caller, string Mail)> PersonAsync()
    {
        var mail = MemberGround.Address();
        var caller = await Ground.SignUpAsync(mail);
        await SqlAsync($"update accounts.users set email_confirmed = true where email = '{mail}'");
        return (caller, mail);
    }

    private async Task JoinAsync(Id<Project> project, params (Caller Caller, Role Role)[] members)
    {
        foreach (var (caller, role) in members)
            await HappenAsync<Project>(project.Value, new MemberAdded(project, "Tides", caller.User!.Value, role));
    }

    private async Task<Id<Run>> WaitingAsync(Id<Project> project, Caller submitter)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        await HappenAsync<Run>(run.Value,
            Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = submitter.User!.Value },
            new ApprovalDemanded(run, Rules), new PhaseEntered(run, Phase.AwaitingApproval),
            new ApprovalAsked(run, Hash, Hash, null, [ApprovalReason.NewCode], 1));
        return run;
    }

    private async Task HappenAsync<T>(Guid id, params object[] events) where T : class, IAggregate<T>
    {
        var written = PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<T>(id), IEventStore.AnyVersion, events)], Cancel));
        await Ground.Get<IDocuments>().CaughtUpAsync<RunView>(written.Position, Cancel);
    }

    // As a round does.
    private async Task TellAsync()
    {
        foreach (var one in await Ground.Get<AwaitedApprovers>().ListAsync(null, Cancel))
            await Ground.Get<Outbox>().PutAsync(one, Cancel);
    }

    private async Task EmptyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        await using var command = portal!.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select count(*) from accounts.outbox");
        while (await command.ExecuteScalarAsync(Cancel) is not 0L) await timer.WaitForNextTickAsync(Cancel);
    }

    private async Task SqlAsync(string sql)
    {
        await using var command = portal!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
