using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Web.Accounts;
using Portal.Web.Mail;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Somebody, and the mail address of their account.</summary>
internal sealed record Somebody(Caller Caller, string Address);

/// <summary>People who are erased, and who erase.</summary>
internal sealed class ErasureGround(SchemaGround ground)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountGround People => new(ground.Portal);

    private MemberGround Members => new(ground.Portal);

    /// <summary>An administrator in a session that has just begun.</summary>
    public async Task<Caller> AdministratorAsync()
    {
        var administrator = await People.AdministratorAsync();
        return administrator with { Session = await People.SessionAsync(administrator) };
    }

    /// <summary>Somebody new.</summary>
    public async Task<Somebody> PersonAsync()
    {
        var address = MemberGround.Address();
        return new(await People.SignUpAsync(address), address);
    }

    public Task<Result<Id<User>>> EraseAsync(Caller caller, Somebody whom) => ground.Get<EraseAccountHandler>().HandleAsync(
        caller, new(whom.Caller.User!.Value, whom.Address), Cancel);

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

    /// <summary>Makes a row of them in every table that has anything of people; gives the name that stands there.</summary>
    public async Task<string> FillAsync(Somebody grace, Caller administrator)
    {
        var (user, name) = (grace.Caller.User!.Value.Value, $"Grace {Guid.NewGuid():n}");
        await People.SessionAsync(grace.Caller);
        var owner = await People.SignUpAsync();
        PortalGround.Ok(await Members.InviteAsync(owner, await Members.ProjectAsync(owner), Role.Viewer, grace.Address));
        PortalGround.Ok(await ground.Get<InviteAccountHandler>().HandleAsync(
            administrator, new(new(Guid.CreateVersion7()), grace.Address), Cancel));
        PortalGround.Ok(await ground.Get<KeepEndpointHandler>().HandleAsync(grace.Caller,
            new(new(Guid.CreateVersion7()), new(user), "data", "ftp://127.0.0.1:9/x", "g", "hunter two"), Cancel));
        var machine = new Id<Machine>(Guid.CreateVersion7());
        PortalGround.Ok(await ground.Get<RegisterMachineHandler>().HandleAsync(grace.Caller, new(machine, new(user),
            new("hers", "login.example.org", 22, "g", "/work", null, null, "slurm", [], [])), Cancel));
        await ground.HappenAsync<Machine>(machine.Value,
            new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:abc", "AAAA")]));
        PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(
            grace.Caller, new(new(Guid.CreateVersion7()), machine), Cancel));
        foreach (var sql in (string[])
        [
            "update accounts.users set display_name = $2 where id = $1",
            "insert into accounts.user_claims (user_id, claim_type, claim_value) values ($1, 'x', $2)",
            "insert into accounts.user_logins values ('idp', $2, $2, $1)",
            "insert into accounts.user_tokens values ($1, 'x', 'y', $2)",
            "insert into accounts.user_passkeys values (decode(md5($2), 'hex'), $1, jsonb_build_object('Name', $2))",
            "insert into accounts.used_codes values ($1, $2, now())",
            "insert into accounts.provider_grants values ($1, $2, $1)",
        ]) await RunAsync(sql, user, name);
        await RunAsync("insert into accounts.told_approvers values ($1, $1)", user);
        var seal = ground.Get<IDataProtectionProvider>().CreateProtector("Portal.Mail");
        foreach (var parcel in (Parcel[])[new ConfirmAddress(grace.Address), new ResetPassword(grace.Address.ToUpperInvariant()),
            new AddressTaken(grace.Address), new InvitationLink(grace.Address, "/i", null, Guid.NewGuid(), DateTimeOffset.UtcNow),
            new Portal.Web.Mail.PasswordChanged(user), new RunsWait(user, Guid.NewGuid())])
            await RunAsync("insert into accounts.outbox (id, sealed) values (gen_random_uuid(), $1)",
                seal.Protect(JsonSerializer.SerializeToUtf8Bytes(parcel)));
        foreach (var subject in (TrySubject[])[TrySubject.Password(grace.Address.ToUpperInvariant()), TrySubject.Code(user)])
            Assert.True(await ground.Get<WrongTries>().TakeAsync(subject, "192.0.2.9", Cancel));
        return name;
    }

    /// <summary>Runs a statement.</summary>
    public async Task RunAsync(string sql, params object[] values)
    {
        await using var command = ground.Get<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
