using Microsoft.AspNetCore.Identity;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Web.Accounts;

/// <summary>Mail addresses of invitations, beside the accounts. They are erased with the answer; the rest goes a month after its
/// time is up, when the next is kept.</summary>
public sealed class InvitationAddresses(NpgsqlDataSource database) : IInvitationAddresses
{
    // The form in which Identity compares addresses.
    private static readonly UpperInvariantLookupNormalizer Form = new();

    /// <inheritdoc/>
    public Task<bool> KeepAsync(Id<Invitation> invitation, string address, DateTimeOffset until, CancellationToken cancel) => AskAsync(
        "with gone as (delete from accounts.invitation_addresses where until < now() - interval '30 days') "
        + "insert into accounts.invitation_addresses (invitation, address, normalized_address, until) values ($1, $2, $3, $4) "
        + "on conflict (invitation) do update set until = excluded.until "
        + "where invitation_addresses.normalized_address = excluded.normalized_address returning invitation",
        async command => await command.ExecuteScalarAsync(cancel) is not null,
        invitation.Value, address, Form.NormalizeEmail(address)!, until.UtcDateTime);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Id<Invitation>, string>> FindAsync(
        IReadOnlyCollection<Id<Invitation>> invitations, CancellationToken cancel) =>
        AskAsync<IReadOnlyDictionary<Id<Invitation>, string>>(
            "select invitation, address from accounts.invitation_addresses where invitation = any($1)",
            async command =>
            {
                var found = new Dictionary<Id<Invitation>, string>();
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel)) found[new(rows.GetGuid(0))] = rows.GetString(1);
                return found;
            }, [invitations.Select(invitation => invitation.Value).ToArray()]);

    /// <inheritdoc/>
    public Task<bool> IsOfAsync(Id<Invitation> invitation, Id<User> user, CancellationToken cancel) => AskAsync(
        "select exists (select from accounts.invitation_addresses sent "
        + "join accounts.users one on one.normalized_email = sent.normalized_address where sent.invitation = $1 and one.id = $2)",
        async command => await command.ExecuteScalarAsync(cancel) is true, invitation.Value, user.Value);

    /// <inheritdoc/>
    public Task<bool> IsAsync(Id<Invitation> invitation, string address, CancellationToken cancel) => AskAsync(
        "select exists (select from accounts.invitation_addresses where invitation = $1 and normalized_address = $2)",
        async command => await command.ExecuteScalarAsync(cancel) is true,
        invitation.Value, Form.NormalizeEmail(address.Trim())!);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Id<Invitation>>> OfAsync(string address, CancellationToken cancel) =>
        AskAsync<IReadOnlyList<Id<Invitation>>>(
            "select invitation from accounts.invitation_addresses where normalized_address = $1",
            async command =>
            {
                var found = new List<Id<Invitation>>();
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel)) found.Add(new(rows.GetGuid(0)));
                return found;
            }, Form.NormalizeEmail(address.Trim())!);

    /// <inheritdoc/>
    public Task ForgetAsync(Id<Invitation> invitation, CancellationToken cancel) => AskAsync(
        "delete from accounts.invitation_addresses where invitation = $1",
        command => command.ExecuteNonQueryAsync(cancel), invitation.Value);

    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> ask, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await ask(command);
    }
}
