using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Deletes what is kept of a person outside of events. What hangs on the account's row goes with it: claims, logins with
/// providers, tokens of Identity, passkeys, used codes, sessions, grants of providers.</summary>
public sealed class PersonalData(NpgsqlDataSource database, Outbox outbox) : IPersonalData
{
    /// <inheritdoc/>
    public async Task EraseAsync(Id<User> person)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await AddressAsync(connection, person) is var (address, normalized))
        {
            await outbox.RemoveOfAsync(connection, person.Value, address);
            await RunAsync(connection, "delete from accounts.invitation_addresses where normalized_address = $1", normalized);
            await RunAsync(connection, "delete from accounts.wrong_tries where subject = any($1)",
                (byte[][])[TrySubject.Password(normalized).Hash, TrySubject.Code(person.Value).Hash]);
        }
        await RunAsync(connection, "delete from accounts.told_approvers where user_id = $1", person.Value);
        await RunAsync(connection, "delete from accounts.users where id = $1", person.Value);
        await transaction.CommitAsync();
    }

    private static async Task<(string Address, string Normalized)?> AddressAsync(NpgsqlConnection connection, Id<User> person)
    {
        await using var command = new NpgsqlCommand(
            "select email, normalized_email from accounts.users where id = $1 for update", connection);
        command.Parameters.Add(new() { Value = person.Value });
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? (rows.GetString(0), rows.GetString(1)) : null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, object value)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>At start, goes on with erasures that a crash cut off.</summary>
public sealed class UnfinishedErasures(EraseAccountHandler handler) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => handler.FinishAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
