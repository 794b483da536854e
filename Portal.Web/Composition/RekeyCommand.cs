using Npgsql;
using Portal.EventStore;
using Portal.Jobs.Credentials;

namespace Portal.Web.Composition;

/// <summary><c>Portal.Web rekey [--new-key]</c>: seals anew under the first of the portal's own keys what older ones sealed. With
/// <c>--new-key</c> a new one is put in front of the key file before. Older keys stay, for whoever takes them out.</summary>
public static class RekeyCommand
{
    /// <summary>Runs it with the settings that the portal is started with.</summary>
    /// <returns>0 when all is under the first key; 1 when something was left, or nothing could be done, which is told.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancel)
    {
        var builder = PortalHost.Builder([.. args.Where(one => one != "--new-key")]);
        var settings = PortalHost.Settings(builder);
        using var loggers = PortalHost.EarlyLoggers(builder);
        try
        {
            var keys = settings.OwnKeys(make: false);
            await using var own = settings.Database.Length == 0
                ? await PrivatePostgres.StartAsync(settings.Folder("postgres"), loggers, cancel)
                : null;
            await using var database = NpgsqlDataSource.Create(
                own?.ConnectionString ?? DatabaseAddress.WithoutFallback(settings.Database));
            await SecretTables.ProvisionAsync(database, cancel);
            if (args.Contains("--new-key")) PutNewInFront(settings);
            return await SealAsync(settings, keys, database, output, cancel);
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or PrivatePostgresException or NpgsqlException
            or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"Nothing was sealed anew. {fault.Message}");
            return 1;
        }
    }

    private static void PutNewInFront(PortalSettings settings)
    {
        if (settings.MasterKey.Length + settings.MasterKeyFile.Length > 0)
            throw new InvalidOperationException("The portal's key is kept where Portal:MasterKey or Portal:MasterKeyFile says. Put a new one "
                + "in front of it there ('openssl rand -base64 32'), then run this without --new-key.");
        MasterKeyFile.PutNewInFront(settings.OwnKeyFile());
    }

    private static async Task<int> SealAsync(
        PortalSettings settings, MasterKeys keys, NpgsqlDataSource database, TextWriter output, CancellationToken cancel)
    {
        var rows = await new SealingAnew(database, keys).RunAsync(cancel);
        var left = rows.Left.ToList();
        var files = CookieKeyFiles.SealAnew(settings.Folder("keys"), keys, left);
        await output.WriteLineAsync($"Sealed anew under the portal's key {keys.Current}: {rows.Leases} keys lent to runs, "
            + $"{rows.Passwords} passwords of endpoints, {files} key files of cookies.");
        foreach (var line in left) await output.WriteLineAsync($"Left as it is: {line}.");
        var older = keys.Names.Skip(1).ToList();
        if (left.Count == 0 && older.Count > 0)
            await output.WriteLineAsync($"Older keys that are still there: {string.Join(", ", older)}. Nothing is sealed under them any more. "
                + "When every node has the new key, take the older ones out; backups from before need them.");
        return left.Count == 0 ? 0 : 1;
    }
}
