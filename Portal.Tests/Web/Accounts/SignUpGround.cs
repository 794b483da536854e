using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Common;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>A portal where accounts are made by invitation, with its first account, which administers.</summary>
public sealed class SignUpGround(PostgresFixture postgres) : IAsyncLifetime
{
    public TestPortal Portal { get; private set; } = null!;

    public Caller First { get; private set; } = null!;

    internal MemberGround People => new(Portal);

    public async ValueTask InitializeAsync()
    {
        Portal = await TestPortal.StartAsync(postgres, default, "--Portal:Roles=web", "--Portal:SignUp=invitation");
        First = await People.SignUpAsync() with { Administrator = true };
    }

    public Task<Result<PortalUser>> RegisterAsync(NewAccount account) => AskAsync<Registration, Result<PortalUser>>(
        registration => registration.RegisterAsync(account, TestContext.Current.CancellationToken));

    public Task<PortalUser> FindAsync(string address) =>
        AskAsync<UserManager<PortalUser>, PortalUser>(async users => (await users.FindByEmailAsync(address))!);

    /// <summary>Asks within a request, as far as signing in takes one.</summary>
    public async Task<TAnswer> AskAsync<T, TAnswer>(Func<T, Task<TAnswer>> ask) where T : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext =
            new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await ask(scope.ServiceProvider.GetRequiredService<T>());
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
