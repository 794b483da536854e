using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Web.Accounts;

namespace Portal.Tests.Domain.Projects;

/// <summary>People with accounts in the portal that tests share, and projects of theirs.</summary>
internal sealed class MemberGround(TestPortal portal)
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>Somebody new, who signs in with this address.</summary>
    public async Task<Caller> SignUpAsync(string? mail = null)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var made = PortalGround.Ok(await scope.ServiceProvider.GetRequiredService<Registration>()
            .RegisterAsync(mail ?? Address(), "Grace", "correct horse battery", Cancel));
        return new(new(made.Id), null, "page", false, Guid.CreateVersion7(), "127.0.0.1");
    }

    public static string Address() => $"{Guid.NewGuid():n}@example.org";

    public async Task<Id<Project>> ProjectAsync(Caller owner)
    {
        var id = new Id<Project>(Guid.CreateVersion7());
        PortalGround.Ok(await Get<CreateProjectHandler>().HandleAsync(owner, new(id, "Tides"), Cancel));
        return id;
    }

    public async Task<Result<MadeInvitation>> InviteAsync(
        Caller owner, Id<Project> project, Role role, string? address = null, Id<User>? person = null)
    {
        var made = await Get<InviteMemberHandler>().HandleAsync(owner, new(new(Guid.CreateVersion7()), project, role, address, person), Cancel);
        if (made.Ok) Secrets.Note("an invitation", made.Value.Secret, SecretKind.Shown);
        return made;
    }

    public Task<Result<Membership>> AcceptAsync(Caller caller, string secret) =>
        Get<AcceptInvitationHandler>().HandleAsync(caller, new(secret), Cancel);

    /// <summary>Somebody new, who is a member.</summary>
    public async Task<Caller> MemberAsync(Caller owner, Id<Project> project, Role role)
    {
        var caller = await SignUpAsync();
        var made = PortalGround.Ok(await InviteAsync(owner, project, role, person: caller.User));
        PortalGround.Ok(await AcceptAsync(caller, made.Secret));
        return caller;
    }

    public async Task<Role?> RoleAsync(Caller caller, Id<Project> project) =>
        (await Get<ShowProjectHandler>().HandleAsync(caller, project, Cancel)).Value?.Role;
}
