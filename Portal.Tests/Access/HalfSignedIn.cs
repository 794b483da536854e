using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Access;

/// <summary>Somebody whose password was right, and who has not shown the code of their app yet.</summary>
internal static class HalfSignedIn
{
    /// <summary>Somebody new, that far.</summary>
    public static async Task<CookieVisit> Async(TestPortal portal, CancellationToken cancel)
    {
        var mail = MemberGround.Address();
        var person = await new MemberGround(portal).SignUpAsync(mail);
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            var user = (await users.FindByIdAsync($"{person.User!.Value.Value}"))!;
            await scope.ServiceProvider.GetRequiredService<AccountStore>().SetAuthenticatorKeyAsync(user,
                users.GenerateNewAuthenticatorKey(), cancel);
            (user.AuthenticatorSince, user.TwoFactorEnabled) = (DateTimeOffset.UtcNow, true);
            Assert.True((await users.UpdateAsync(user)).Succeeded);
        }
        var visit = new CookieVisit(portal.Address);
        Assert.StartsWith("/sign-in/code", await visit.SignInAsync(mail, CookieVisit.Password, cancel), StringComparison.Ordinal);
        return visit;
    }
}
