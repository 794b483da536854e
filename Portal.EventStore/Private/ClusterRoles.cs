using Npgsql;

namespace Portal.EventStore;

/// <summary>Who may do what in a private cluster: <c>postgres</c> administers, <c>portal</c> owns the database <c>portal</c> and may do
/// nothing else.</summary>
internal static class ClusterRoles
{
    public const string Portal = "portal";

    // Clusters of before were made by the role portal. From 16 on PostgreSQL lets nobody take the rights of the role (10) that made
    // the cluster.
    private const string Rights = """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'portal') then
                create role portal login;
            end if;
            if exists (select from pg_roles where rolname = 'portal' and rolsuper
                    and (oid <> 10 or current_setting('server_version_num')::int < 160000)) then
                alter role portal nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
            end if;
        end $$
        """;

    /// <summary>Makes roles and database where they are not.</summary>
    /// <param name="connectionTo">The connection string of a database, as a role.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task SettleAsync(Func<string, string, string> connectionTo, CancellationToken cancel)
    {
        var administration = connectionTo("postgres", PrivatePostgres.Administrator);
        try
        {
            await RunAsync(administration, Rights, cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            await RunAsync(connectionTo("postgres", Portal), $"create role {PrivatePostgres.Administrator} superuser login", cancel);
            await RunAsync(administration, Rights, cancel);
        }
        if (await RunAsync(administration, "select 1 from pg_database where datname = 'portal'", cancel) is null)
            await RunAsync(administration, $"create database portal owner {Portal}", cancel);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancel);
    }
}
