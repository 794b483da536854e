using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Portal.Web.Accounts;

/// <summary>What is tried: a password of an account, or a code.</summary>
/// <param name="Hash">Names it without telling it.</param>
public sealed record TrySubject(byte[] Hash)
{
    /// <summary>The password of whoever has this mail address, whether anybody has or not.</summary>
    /// <param name="address">The address in the form in which Identity compares it.</param>
    public static TrySubject Password(string address) => Of($"password {address}");

    /// <summary>Codes of an account.</summary>
    public static TrySubject Code(Guid user) => Of($"code {user:n}");

    private static TrySubject Of(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Counts wrong tries in the database, for all nodes. After every eighth there is a pause: five minutes, then ten, then twenty
/// and so on; a day without any forgets them. A try is counted before it is looked at, so that many at once are no more than many
/// after another. What is refused is not counted, so nobody can make a pause last.
/// </summary>
/// <remarks>Passwords are counted by account and by address: who guesses shuts out themselves and not the owner. Only when
/// very many are wrong from many addresses does the account itself rest, and not for addresses where its owner has a
/// session.</remarks>
public sealed class WrongTries(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Where a pause is made.</summary>
    public const int Each = 8;

    /// <summary>Wrong passwords within an hour, from other addresses, that make an account rest: of a dozen addresses at
    /// least.</summary>
    public const int MostOfOthers = 100;

    private const string Take = """
        with old as (delete from accounts.wrong_tries
            where last_at < @now - interval '1 day' and (subject, address) <> (@subject, @address))
        insert into accounts.wrong_tries as t (subject, address, tries, last_at) values (@subject, @address, 1, @now)
        on conflict (subject, address) do update set
            tries = case when t.last_at < @now - interval '1 day' then 1 else t.tries + 1 end, last_at = @now
            where t.tries % 8 <> 0
               or t.last_at <= @now - interval '5 minutes' * (1 << least(greatest(t.tries / 8 - 1, 0), 7))
        returning tries
        """;

    private const string Others = """
        select coalesce(sum(tries), 0) > @most and not exists (
            select from accounts.sessions s join accounts.users u on u.id = s.user_id
            where u.normalized_email = @mail and s.address = @client)
        from accounts.wrong_tries where subject = @subject and address <> @address and last_at > @now - interval '1 hour'
        """;

    /// <summary>Counts a try; false if it is not to be made now.</summary>
    /// <param name="subject">What is tried.</param>
    /// <param name="address">Where from; empty where that makes no difference.</param>
    /// <param name="cancel">Ends the question.</param>
    public Task<bool> TakeAsync(TrySubject subject, string address, CancellationToken cancel) => AskAsync(Take,
        async command => await command.ExecuteScalarAsync(cancel) is int, ("subject", subject.Hash), ("address", address));

    /// <summary>Whether an account rests because of wrong passwords from elsewhere.</summary>
    /// <param name="subject">What is tried.</param>
    /// <param name="address">Where from, as it is counted.</param>
    /// <param name="mail">The mail address in the form in which Identity compares it.</param>
    /// <param name="client">Where from, as sessions have it.</param>
    /// <param name="cancel">Ends the question.</param>
    public Task<bool> RestsAsync(TrySubject subject, string address, string mail, string client, CancellationToken cancel) =>
        AskAsync(Others, async command => await command.ExecuteScalarAsync(cancel) is true,
            ("subject", subject.Hash), ("address", address), ("mail", mail), ("client", client), ("most", (long)MostOfOthers));

    /// <summary>Forgets the tries: one was right.</summary>
    public Task ForgetAsync(TrySubject subject, string address, CancellationToken cancel) => AskAsync(
        "delete from accounts.wrong_tries where subject = @subject and address = @address",
        command => command.ExecuteNonQueryAsync(cancel), ("subject", subject.Hash), ("address", address));

    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> ask, params (string Name, object Value)[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var (name, value) in values) command.Parameters.Add(new NpgsqlParameter { ParameterName = name, Value = value });
        if (sql.Contains("@now", StringComparison.Ordinal))
            command.Parameters.Add(new NpgsqlParameter { ParameterName = "now", Value = time.GetUtcNow().UtcDateTime });
        return await ask(command);
    }
}
