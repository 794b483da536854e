using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

/// <summary>What the portal's role may do in a database, and how it shows who it is.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ClusterRoleTests(PostgresFixture postgres, RunningPortalFixture fixture)
{
    private const string Rights = "select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls "
        + "or pg_has_role('pg_execute_server_program', 'member') or pg_has_role('pg_read_server_files', 'member') "
        + "or pg_has_role('pg_write_server_files', 'member') from pg_roles where rolname = current_user";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_runs_under_a_role_that_may_nothing_but_own_its_database()
    {
        var portal = await fixture.PortalAsync(Cancel);
        Assert.Equal("portal", await AskAsync(portal.Database, "select current_user::text"));
        Assert.Equal(false, await AskAsync(portal.Database, Rights));
        foreach (var refused in (string[])["create database more", "create role more", "copy (select 1) to program 'true'",
            "alter system set log_statement = 'all'", "set session_replication_role = replica"])
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(portal.Database, refused));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }
    }

    [Fact]
    public async Task In_a_cluster_of_before_the_role_loses_what_it_does_not_need_and_the_database_stays()
    {
        var folder = Directory.CreateTempSubdirectory("portal-tests-roles-").FullName;
        try
        {
            await using (var first = await PrivatePostgres.StartAsync(folder, null, Cancel))
            {
                await PostgresFixture.RunAsync(first.ConnectionString, "create table kept (one int)");
                // As they were made: one role, portal, that may do everything, and none called postgres.
                await PostgresFixture.AdministerAsync(first.ConnectionString, "alter role portal superuser createdb createrole");
                await PostgresFixture.RunAsync(first.ConnectionString, "alter role postgres rename to earlier");
            }
            await using var second = await PrivatePostgres.StartAsync(folder, null, Cancel);
            Assert.Equal(false, await AskAsync(second.ConnectionString, Rights));
            Assert.Equal(0L, await AskAsync(second.ConnectionString, "select count(*) from kept"));
            Assert.Equal(true, await AskAsync(second.ConnectionTo("postgres", PrivatePostgres.Administrator),
                "select rolsuper from pg_roles where rolname = current_user"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_the_compose_file_makes_is_such_a_role_and_is_enough()
    {
        var server = await postgres.ServerAsync();
        var (role, script) = ($"composed_{Guid.NewGuid():n}", await File.ReadAllTextAsync(Repository.PathOf("scripts/compose-database.sql"), Cancel));
        var sql = string.Join('\n', script.Split('\n').Where(line => !line.StartsWith('\\') && !line.StartsWith("alter role postgres", StringComparison.Ordinal)))
            .Replace(":'password'", "'one'", StringComparison.Ordinal).Replace("portal", role, StringComparison.Ordinal);
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await PostgresFixture.AdministerAsync(server.ConnectionTo("postgres"), statement);
        await using var database = await Samples.OpenAsync(server.ConnectionTo(role, role));
        await database.Store.AppendedAsync("sample-1", 0, new SampleOpened("kept"));
        Assert.Equal(false, await AskAsync(server.ConnectionTo(role, role), Rights));
    }

    [Fact]
    public async Task A_password_file_is_read_anew_for_each_connection()
    {
        var server = await postgres.ServerAsync();
        var (role, file) = ($"rotated_{Guid.NewGuid():n}", Path.GetTempFileName());
        try
        {
            await PostgresFixture.AdministerAsync(server.ConnectionString, $"create role {role} login password 'first'");
            var rules = Path.Combine(server.DataFolder, "pg_hba.conf");
            await File.WriteAllTextAsync(rules, $"local all {role} scram-sha-256\n{await File.ReadAllTextAsync(rules, Cancel)}", Cancel);
            await PostgresFixture.AdministerAsync(server.ConnectionString, "select pg_reload_conf()");
            // The server reads its rules when it comes to it: until then nobody is asked for a password.
            while (await OpensAsync(server.ConnectionTo("portal", role))) await Task.Yield();

            await using var source = NpgsqlDataSource.Create($"{server.ConnectionTo("portal", role)};Passfile={file};Pooling=false");
            await File.WriteAllTextAsync(file, $"*:*:*:{role}:first\n", Cancel);
            await using (await source.OpenConnectionAsync(Cancel))
            {
            }
            await PostgresFixture.AdministerAsync(server.ConnectionString, $"alter role {role} password 'second'");
            await Assert.ThrowsAsync<PostgresException>(async () => await source.OpenConnectionAsync(Cancel));
            await File.WriteAllTextAsync(file, $"*:*:*:{role}:second\n", Cancel);
            await using (await source.OpenConnectionAsync(Cancel))
            {
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> OpensAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync(Cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
