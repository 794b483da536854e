using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Projects;
using Portal.Domain.Runs;

namespace Portal.Web.Mail;

/// <summary>Where mails wait to be sent: an ordinary table, whose rows go when they are sent, or after a day. What they hold is
/// sealed with the keys that protect cookies, so that a dump of the database tells no address and opens nothing.</summary>
public sealed class Outbox(NpgsqlDataSource database, IDataProtectionProvider protection, MailSettings settings)
    : IInvitationMail, ITokenMail, IDisposable
{
    // While somebody sends it, nobody else takes it; longer than any attempt lasts.
    private const string Claim = "interval '5 minutes'";

    private readonly IDataProtector seal = protection.CreateProtector("Portal.Mail");
    private readonly SemaphoreSlim news = new(0);

    /// <summary>Whether mails are sent at all.</summary>
    public bool Sends => settings.Configured;

    /// <summary>Has it sent, some time soon; nothing where no mails are sent.</summary>
    public async Task PutAsync(Parcel parcel, CancellationToken cancel)
    {
        if (!Sends) return;
        await RunAsync("insert into accounts.outbox (id, sealed) values ($1, $2)", cancel,
            Guid.CreateVersion7(), Sealed(parcel));
        news.Release();
    }

    /// <summary>Tells an approver that runs wait, unless they were told since the last of these began to, or within a quarter of
    /// an hour. That they are told and the mail stand or fall together: nodes do not send the same twice.</summary>
    public async Task PutAsync(AwaitedApprover one, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(one);
        var parcel = new RunsWait(one.User.Value, one.Project.Value);
        await RunAsync("""
            with told as (
                insert into accounts.told_approvers as t (user_id, project) values ($1, $2)
                on conflict (user_id, project) do update set at = now()
                where t.at < $3 and t.at < now() - interval '15 minutes' returning 1)
            insert into accounts.outbox (id, sealed) select $4, $5 from told
            """, cancel, parcel.User, parcel.Project, one.Since.UtcDateTime, Guid.CreateVersion7(), Sealed(parcel));
        news.Release();
    }

    /// <inheritdoc/>
    public async Task<bool> SendAsync(SentInvitation invitation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        await PutAsync(new InvitationLink(
            invitation.Address, invitation.Path, invitation.Project, invitation.By.Value, invitation.Until), cancel);
        return Sends;
    }

    /// <inheritdoc/>
    public Task MadeAsync(AccessTokenIssued issued, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(issued);
        return PutAsync(new TokenMade(issued.User.Value, issued.Name, issued.Expires), cancel);
    }

    /// <summary>Takes what is due, for one attempt; null when nothing is. What this node's keys do not open, or another
    /// version wrote, comes without a parcel.</summary>
    public async Task<(Guid Id, Parcel? Parcel, int Attempts)?> TakeAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "with gone as (delete from accounts.outbox where until < now()) "
            + $"update accounts.outbox set attempts = attempts + 1, next_at = now() + {Claim} where id = ("
            + "select id from accounts.outbox where next_at <= now() and until >= now() order by next_at "
            + "for update skip locked limit 1) returning id, sealed, attempts");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? (rows.GetGuid(0), Open(rows.GetFieldValue<byte[]>(1)), rows.GetInt32(2))
            : null;
    }

    /// <summary>Removes what was sent, or never will be.</summary>
    public Task RemoveAsync(Guid id, CancellationToken cancel) =>
        RunAsync("delete from accounts.outbox where id = $1", cancel, id);

    /// <summary>Removes what waits to be sent to a person, within a transaction of the caller's. What this node's keys do not open
    /// stays until its day is over.</summary>
    public async Task RemoveOfAsync(NpgsqlConnection within, Guid user, string address)
    {
        var theirs = new List<Guid>();
        await using (var waiting = new NpgsqlCommand("select id, sealed from accounts.outbox", within))
        await using (var rows = await waiting.ExecuteReaderAsync())
            while (await rows.ReadAsync())
                if (Open(rows.GetFieldValue<byte[]>(1))?.IsFor(user, address) == true) theirs.Add(rows.GetGuid(0));
        await using var gone = new NpgsqlCommand("delete from accounts.outbox where id = any($1)", within);
        gone.Parameters.Add(new() { Value = theirs.ToArray() });
        await gone.ExecuteNonQueryAsync();
    }

    /// <summary>Has it tried again after a pause.</summary>
    public Task LaterAsync(Guid id, TimeSpan pause, CancellationToken cancel) =>
        RunAsync("update accounts.outbox set next_at = now() + $2 where id = $1", cancel, id, pause);

    /// <summary>Waits until something is put in by this node, or for the span: others put in too.</summary>
    public Task NewsAsync(TimeSpan longest, CancellationToken cancel) => news.WaitAsync(longest, cancel);

    /// <inheritdoc/>
    public void Dispose() => news.Dispose();

    private byte[] Sealed(Parcel parcel) => seal.Protect(JsonSerializer.SerializeToUtf8Bytes(parcel));

    private Parcel? Open(byte[] envelope)
    {
        try
        {
            return JsonSerializer.Deserialize<Parcel>(seal.Unprotect(envelope));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
