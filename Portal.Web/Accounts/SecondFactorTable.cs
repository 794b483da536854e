using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Deletes the second factors of somebody who has lost them.</summary>
public sealed class SecondFactorTable(NpgsqlDataSource database, Outbox outbox) : ISecondFactorStore
{
    // With another stamp no session from before counts; with another mark no change that began before is kept.
    private const string Settle = "update accounts.users set two_factor_enabled = false, authenticator_since = null, "
        + "security_stamp = replace(gen_random_uuid()::text, '-', ''), concurrency_stamp = gen_random_uuid()::text where id = $1";

    /// <inheritdoc/>
    public async Task<Problem?> RemoveAllAsync(Id<User> person, Func<Task<Problem?>> writeDown)
    {
        ArgumentNullException.ThrowIfNull(writeDown);
        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var table in (string[])["user_passkeys", "user_tokens", "used_codes"])
                await RunAsync(connection, $"delete from accounts.{table} where user_id = $1", person.Value);
            await RunAsync(connection, Settle, person.Value);
            // Wrong codes of the app that is gone hold nobody up who sets up another.
            await RunAsync(connection, "delete from accounts.wrong_tries where subject = $1", TrySubject.Code(person.Value).Hash);
            if (await writeDown() is { } refused) return refused;
            await transaction.CommitAsync();
        }
        await outbox.PutAsync(new FactorsRemoved(person.Value), CancellationToken.None);
        return null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, object value)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
