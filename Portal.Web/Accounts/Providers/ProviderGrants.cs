using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Web.Accounts.Providers;

/// <summary>Makes of somebody what their provider's claims grant, at each sign-in, and takes back what they granted before and do
/// not any more. A table tells what was given that way; what people gave is left alone.</summary>
public sealed class ProviderGrants(UserManager<PortalUser> users, GrantRoleHandler roles, GrantAdministratorHandler administrators,
    NpgsqlDataSource database, IChance chance, ILogger<ProviderGrants> logger)
{
    // Stands for the installation, which is no project.
    private static readonly Id<Project> Installation = new(Guid.Empty);

    /// <summary>Applies them.</summary>
    public async Task ApplyAsync(PortalUser user, ProviderPerson person, CancellationToken cancel)
    {
        var given = await GivenAsync(user, person.Provider, cancel);
        await AdministratorAsync(user, person, given.Contains(Installation), cancel);
        var wanted = person.Roles;
        foreach (var project in wanted.Keys.Union(given.Where(one => one != Installation)))
        {
            Role? role = wanted.TryGetValue(project, out var granted) ? granted : null;
            var done = await roles.HandleAsync(Caller.Worker(chance.NewGuid()),
                new(project, new(user.Id), role, given.Contains(project)), cancel);
            if (!done.Ok)
                logger.LogWarning("The provider {Provider} grants a role in {Project}: {Problem}",
                    person.Provider.Name, project, done.Problems[0].Message);
            if (role is null) await ForgetAsync(user, person.Provider, project, cancel);
            else if (done is { Ok: true, Value: true }) await KeepAsync(user, person.Provider, project, cancel);
        }
    }

    private async Task AdministratorAsync(PortalUser user, ProviderPerson person, bool given, CancellationToken cancel)
    {
        if (person.Administers == given && !person.Administers) return;
        var changed = await administrators.HandleAsync(
            Caller.Worker(chance.NewGuid()), new(new(user.Id), person.Administers), cancel);
        if (changed && person.Administers) await KeepAsync(user, person.Provider, Installation, cancel);
        if (!changed || person.Administers) return;
        await ForgetAsync(user, person.Provider, Installation, cancel);
        // Whatever is open says that they administer: it ends.
        await users.UpdateSecurityStampAsync(user);
    }

    private async Task<HashSet<Id<Project>>> GivenAsync(PortalUser user, Provider provider, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select project from accounts.provider_grants where user_id = $1 and provider = $2");
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = provider.Name });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var given = new HashSet<Id<Project>>();
        while (await rows.ReadAsync(cancel)) given.Add(new(rows.GetGuid(0)));
        return given;
    }

    private Task KeepAsync(PortalUser user, Provider provider, Id<Project> project, CancellationToken cancel) => RunAsync(
        "insert into accounts.provider_grants (user_id, provider, project) values ($1, $2, $3) on conflict do nothing",
        user, provider, project, cancel);

    private Task ForgetAsync(PortalUser user, Provider provider, Id<Project> project, CancellationToken cancel) => RunAsync(
        "delete from accounts.provider_grants where user_id = $1 and provider = $2 and project = $3",
        user, provider, project, cancel);

    private async Task RunAsync(string sql, PortalUser user, Provider provider, Id<Project> project, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = provider.Name });
        command.Parameters.Add(new() { Value = project.Value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
