using Microsoft.EntityFrameworkCore;
using Portal.Domain.Accounts;

namespace Portal.Web.Accounts;

/// <summary>Sees to it that the first account administers: the table marks it, an event says so from then on. At start it makes
/// up for what an older portal did not write down, or a crash cut off.</summary>
public sealed class FirstAdministrator(IDbContextFactory<AccountsDb> accounts, NameFirstAdministratorHandler handler)
    : IHostedService
{
    /// <summary>Names an account that was made just now, if it is the first.</summary>
    public async Task NameAsync(PortalUser user, CancellationToken cancel)
    {
        if (user.Administrator) await handler.HandleAsync(new(user.Id), cancel);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await accounts.CreateDbContextAsync(cancellationToken);
        foreach (var user in await db.Users.Where(user => user.Administrator).ToListAsync(cancellationToken))
            await NameAsync(user, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
