using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>A portal that sends mails, and the server that takes them.</summary>
public sealed class MailGround(PostgresFixture postgres) : IAsyncLifetime
{
    public MailHost Mails { get; private set; } = null!;

    public TestPortal Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mails = await MailHost.StartAsync(default);
        Portal = await TestPortal.StartAsync(postgres, default, "--Portal:Roles=web", "--Portal:Address=http://portal.test",
            "--Portal:Mail:Host=127.0.0.1", $"--Portal:Mail:Port={Mails.Port}", "--Portal:Mail:Tls=none",
            "--Portal:Mail:From=portal@example.org");
    }

    /// <summary>Somebody new, whose address waits to be confirmed.</summary>
    public async Task<PortalUser> UserAsync()
    {
        var address = MemberGround.Address();
        await new MemberGround(Portal).SignUpAsync(address);
        return await FindAsync(address);
    }

    public Task<PortalUser> FindAsync(string address) =>
        AskAsync<UserManager<PortalUser>, PortalUser>(async users => (await users.FindByEmailAsync(address))!);

    public async Task<TAnswer> AskAsync<T, TAnswer>(Func<T, Task<TAnswer>> ask) where T : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null) await Portal.DisposeAsync();
        if (Mails is not null) await Mails.DisposeAsync();
    }
}
