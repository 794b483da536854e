using System.Text;
using Npgsql;
using Portal.Domain.Credentials;
using Portal.Jobs.Credentials;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Credentials;

public sealed class SecretTablesTests(PostgresFixture postgres)
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("-----BEGIN OPENSSH PRIVATE KEY----- not really");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static MasterKeys Master(byte first) => MasterKeys.FromText(Convert.ToBase64String([first, .. new byte[31]]));

    private async Task<NpgsqlDataSource> DatabaseAsync()
    {
        var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SecretTables.ProvisionAsync(database, Cancel)));
        return database;
    }

    [Fact]
    public async Task A_lease_opens_on_its_terms_until_it_ends_or_is_deleted()
    {
        await using var database = await DatabaseAsync();
        var leases = new LeaseKeys(database, Master(1), TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var terms = new LeaseTerms(new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid()), now.AddHours(1));
        var over = terms with { Lease = new(Guid.NewGuid()), Until = now.AddHours(-1) };
        await leases.KeepAsync(terms, Key, Cancel);
        await leases.KeepAsync(over, Key, Cancel);
        Assert.Equal(Key, await leases.OpenAsync(terms, Cancel));
        Assert.Null(await leases.OpenAsync(terms with { Run = new(Guid.NewGuid()) }, Cancel));
        Assert.Null(await new LeaseKeys(database, Master(2), TimeProvider.System).OpenAsync(terms, Cancel));
        Assert.Null(await leases.OpenAsync(over, Cancel));
        await leases.ForgetOverAsync(Cancel);
        Assert.Equal(1L, await CountAsync(database));
        await leases.ForgetAllAsync(terms.Credential, Cancel);
        Assert.Equal(0L, await CountAsync(database));
    }

    [Fact]
    public async Task The_key_of_an_attended_run_is_in_no_table_and_gone_with_the_process()
    {
        await using var database = await DatabaseAsync();
        var leases = new LeaseKeys(database, Master(1), TimeProvider.System);
        var terms = new LeaseTerms(new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid()), DateTimeOffset.UtcNow.AddHours(1), Attended: true);
        await leases.KeepAsync(terms, Key, Cancel);
        Assert.Equal(0L, await CountAsync(database));
        Assert.Equal(Key, await leases.OpenAsync(terms, Cancel));
        Assert.Null(await leases.OpenAsync(terms with { Run = new(Guid.NewGuid()) }, Cancel));
        Assert.Null(await new LeaseKeys(database, Master(1), TimeProvider.System).OpenAsync(terms, Cancel));
        await leases.ForgetAllAsync(terms.Credential, Cancel);
        Assert.Null(await leases.OpenAsync(terms, Cancel));
    }

    [Fact]
    public async Task Sealed_keys_and_passwords_are_kept_and_forgotten()
    {
        await using var database = await DatabaseAsync();
        var keys = new SealedKeys(database);
        Assert.True(await keys.KeepAsync(new(Guid.Empty), [1], Cancel));
        Assert.False(await keys.KeepAsync(new(Guid.Empty), [2], Cancel));
        Assert.Equal([1], await keys.FindAsync(new(Guid.Empty), Cancel));
        await keys.ForgetAsync(new(Guid.Empty), Cancel);
        Assert.Null(await keys.FindAsync(new(Guid.Empty), Cancel));
        var passwords = new EndpointPasswords(database, Master(1));
        await passwords.KeepAsync(new(Guid.Empty), "pässword", Cancel);
        Assert.Equal("pässword", await passwords.FindAsync(new(Guid.Empty), Cancel));
        await passwords.ForgetAsync(new(Guid.Empty), Cancel);
        Assert.Null(await passwords.FindAsync(new(Guid.Empty), Cancel));
    }

    private static async Task<object?> CountAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select count(*) from portal_secrets.lease_keys");
        return await command.ExecuteScalarAsync(Cancel);
    }
}
