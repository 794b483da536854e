using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Web.OAuth;

/// <summary>What programs ask for, in a table beside the accounts. A row goes when its answer was fetched, or an hour after its
/// time is up.</summary>
public sealed class DeviceRequests(NpgsqlDataSource database) : IDeviceRequests
{
    private const string Columns = "id, device_sha256, user_code, client, scopes, project, reason, days, address, asked, until";

    /// <inheritdoc/>
    public async Task<bool> KeepAsync(DeviceRequest request, CancellationToken cancel)
    {
        await using var command = Command(
            "with gone as (delete from accounts.device_requests where until < now() - interval '1 hour') "
            + $"insert into accounts.device_requests ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
            request.Id.Value, request.DeviceSha256, request.UserCode, request.Client, Scopes.Write(request.Scopes), request.Project?.Value,
            request.Reason, request.Days, request.Address, request.Asked.UtcDateTime, request.Until.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <inheritdoc/>
    public async Task<DeviceRequest?> FindAsync(string userCode, CancellationToken cancel)
    {
        await using var command = Command(
            $"select {Columns} from accounts.device_requests where user_code = $1 and until > now()", userCode);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }

    /// <inheritdoc/>
    public async Task<(DeviceRequest Request, DateTimeOffset? AskedBefore)?> AskAsync(
        string deviceSha256, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = Command(
            "update accounts.device_requests one set polled = $2 from accounts.device_requests before "
            + "where before.id = one.id and one.device_sha256 = $1 "
            + $"returning {string.Join(", ", Columns.Split(", ").Select(column => "one." + column))}, before.polled",
            deviceSha256, now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? (Read(row), await row.IsDBNullAsync(11, cancel) ? null : await row.GetFieldValueAsync<DateTimeOffset>(11, cancel))
            : null;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Id<AccessToken> id, CancellationToken cancel)
    {
        await using var command = Command("delete from accounts.device_requests where id = $1", id.Value);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static DeviceRequest Read(NpgsqlDataReader row) => new(
        new(row.GetGuid(0)), row.GetString(1), row.GetString(2), row.GetString(3), Scopes.Read(row.GetString(4).Split(' ')),
        row.IsDBNull(5) ? null : new Id<Project>(row.GetGuid(5)), Text(row, 6), row.IsDBNull(7) ? null : row.GetInt32(7), Text(row, 8),
        row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
