using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Jobs.Credentials;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Composition;

/// <summary>The portal's own key is replaced while a portal runs, with things sealed under the one before.</summary>
public sealed class RekeyTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly byte[] Private = Encoding.ASCII.GetBytes("-----BEGIN OPENSSH PRIVATE KEY----- not really");
    private readonly LeaseTerms lease = Terms();
    private readonly Id<Endpoint> endpoint = new(Guid.NewGuid());
    private TestPortal portal = null!;
    private string cookie = "", first = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(portal.Folder, "keys", "portal.key");

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web");
        first = Get<MasterKeys>().Current;
        await Get<ILeaseKeys>().KeepAsync(lease, Private, Cancel);
        await Get<IEndpointPasswords>().KeepAsync(endpoint, "pässword", Cancel);
        cookie = Get<IDataProtectionProvider>().CreateProtector("tests").Protect("who");
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_new_key_takes_over_from_the_old_one_which_can_go()
    {
        var (code, said) = await RekeyAsync("--new-key");
        Assert.Equal(0, code);
        var second = Get<MasterKeys>().Current;
        Assert.NotEqual(first, second);
        Assert.Contains($"under the portal's key {second}: 1 keys lent to runs, 1 passwords of endpoints, 1 key files", said, StringComparison.Ordinal);
        Assert.Contains($"still there: {first}.", said, StringComparison.Ordinal);
        await AssertAllOpenAsync();

        await File.WriteAllTextAsync(KeyFile, (await File.ReadAllLinesAsync(KeyFile, Cancel))[0] + "\n", Cancel);
        await portal.RestartAsync(Cancel);
        Assert.Equal([second], Get<MasterKeys>().Names);
        await AssertAllOpenAsync();
        (code, said) = await RekeyAsync();
        Assert.Equal(0, code);
        Assert.Contains("0 keys lent to runs, 0 passwords of endpoints, 0 key files", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Older", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_key_nothing_is_changed_and_the_missing_one_is_named()
    {
        var right = await File.ReadAllTextAsync(KeyFile, Cancel);
        await File.WriteAllTextAsync(KeyFile, MasterKey.NewText(), Cancel);
        var (code, said) = await RekeyAsync();
        Assert.Equal(1, code);
        Assert.Equal(3, said.Split('\n').Count(line => line.StartsWith("Left as it is: ", StringComparison.Ordinal)
            && line.Contains($"the portal's key {first}, which is not there", StringComparison.Ordinal)));
        await portal.RestartAsync(Cancel);
        var fault = await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(
            () => Get<IEndpointPasswords>().FindAsync(endpoint, Cancel));
        Assert.Contains(first, fault.Message, StringComparison.Ordinal);
        Assert.Null(await Get<ILeaseKeys>().OpenAsync(lease, Cancel));

        // The one before is found again: it opens behind the other, and rekey brings all under that.
        await File.AppendAllTextAsync(KeyFile, "\n" + right, Cancel);
        Assert.Equal(0, (await RekeyAsync()).Code);
        await portal.RestartAsync(Cancel);
        await AssertAllOpenAsync();
    }

    [Fact]
    public async Task Without_a_key_none_is_made_and_where_it_is_kept_elsewhere_it_is_replaced_there()
    {
        var text = await File.ReadAllTextAsync(KeyFile, Cancel);
        var elsewhere = Path.Combine(portal.Folder, "mounted.key");
        File.Move(KeyFile, elsewhere);
        var (code, said) = await RekeyAsync("--new-key");
        Assert.Equal(1, code);
        Assert.Contains($"There is no file with the portal's key: {KeyFile}", said, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));

        (code, said) = await RekeyAsync("--new-key", "--Portal:MasterKeyFile", elsewhere);
        Assert.Equal(1, code);
        Assert.Contains("Portal:MasterKeyFile", said, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(elsewhere, Cancel));
        var next = $"{MasterKey.NewText()},{text.Trim()}";
        Assert.Equal(0, (await RekeyAsync("--Portal:MasterKey", next)).Code);
        await portal.RestartAsync(Cancel, "--Portal:MasterKey", next.Split(',')[0]);
        await AssertAllOpenAsync();
    }

    [Fact]
    public async Task What_was_kept_before_keys_had_names_is_sealed_anew_or_told_of()
    {
        var key = Convert.FromBase64String((await File.ReadAllTextAsync(KeyFile, Cancel)).Trim());
        var old = Terms();
        await using var database = NpgsqlDataSource.Create(portal.Database + ";Pooling=false");
        await using (var insert = database.CreateCommand(
            "insert into portal_secrets.lease_keys (lease, credential, until, envelope) values ($1, $2, $3, $4)"))
        {
            foreach (var value in (object[])[old.Lease.Value, old.Credential.Value, old.Until.UtcDateTime,
                Sealing.Seal(key, Sealing.LeaseContext(old), Private, new byte[Sealing.RandomBytes])]) insert.Parameters.Add(new() { Value = value });
            await insert.ExecuteNonQueryAsync(Cancel);
        }
        await using (var update = database.CreateCommand("update portal_secrets.endpoint_passwords set envelope = $1"))
        {
            update.Parameters.Add(new() { Value = Sealing.Seal(key, $"portal/endpoint-password/{endpoint}", "pässword"u8, new byte[Sealing.RandomBytes]) });
            await update.ExecuteNonQueryAsync(Cancel);
        }
        var (code, said) = await RekeyAsync("--new-key");
        Assert.Equal(1, code);
        Assert.Contains("1 passwords", said, StringComparison.Ordinal);
        Assert.Contains($"Left as it is: lease {old.Lease.Value}: it is from before", said, StringComparison.Ordinal);
        await AssertAllOpenAsync();
        Assert.Equal(Private, await Get<ILeaseKeys>().OpenAsync(old, Cancel));
    }

    [Fact]
    public async Task Key_files_of_cookies_hold_no_key_that_lies_open_and_those_of_before_are_sealed()
    {
        var path = Assert.Single(Directory.GetFiles(Path.Combine(portal.Folder, "keys"), "key-*.xml"));
        Assert.DoesNotContain("masterKey", await File.ReadAllTextAsync(path, Cancel), StringComparison.Ordinal);
        Assert.Contains("AES_256_GCM", await File.ReadAllTextAsync(path, Cancel), StringComparison.Ordinal);
        File.Delete(path);
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("portal").PersistKeysToFileSystem(new(Path.GetDirectoryName(path)!));
        await using (var before = services.BuildServiceProvider())
            cookie = before.GetRequiredService<IDataProtectionProvider>().CreateProtector("tests").Protect("who");
        path = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!, "key-*.xml"));
        Assert.Contains("masterKey", await File.ReadAllTextAsync(path, Cancel), StringComparison.Ordinal);

        Assert.Equal(0, (await RekeyAsync()).Code);
        Assert.DoesNotContain("masterKey", await File.ReadAllTextAsync(path, Cancel), StringComparison.Ordinal);
        await portal.RestartAsync(Cancel);
        await AssertAllOpenAsync();
    }

    private static LeaseTerms Terms() =>
        new(new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid()), DateTimeOffset.UtcNow.AddHours(1));

    private T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    private async Task<(int Code, string Said)> RekeyAsync(params string[] more)
    {
        var said = new StringWriter();
        string[] settings = ["--Portal:DataFolder", portal.Folder, "--Portal:Database", portal.Database];
        return (await RekeyCommand.RunAsync([.. more, .. settings], said, Cancel), said.ToString());
    }

    private async Task AssertAllOpenAsync()
    {
        Assert.Equal(Private, await Get<ILeaseKeys>().OpenAsync(lease, Cancel));
        Assert.Equal("pässword", await Get<IEndpointPasswords>().FindAsync(endpoint, Cancel));
        Assert.Equal("who", Get<IDataProtectionProvider>().CreateProtector("tests").Unprotect(cookie));
    }
}
