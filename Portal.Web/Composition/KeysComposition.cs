using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Portal.Jobs.Credentials;

namespace Portal.Web.Composition;

/// <summary>The portal's own keys, and the keys of cookies, links and mails (ASP.NET Core Data Protection), which lie in the data folder
/// so that a restart signs nobody out, sealed under the portal's own.</summary>
public static class KeysComposition
{
    /// <summary>Registers both.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services, PortalSettings settings)
    {
        services.AddSingleton(settings.OwnKeys(make: true)).AddSingleton<SealingAnew>();
        services.AddDataProtection().SetApplicationName("portal")
            .PersistKeysToFileSystem(new DirectoryInfo(settings.Folder("keys")))
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddOptions<KeyManagementOptions>()
            .Configure<MasterKeys>((options, keys) => options.XmlEncryptor = new SealedXml(keys));
        return services;
    }

    /// <summary>The portal's own keys: from the configuration, from the file that it names, or from that of the data folder.</summary>
    /// <param name="settings">Where they are.</param>
    /// <param name="make">Whether one is made in the data folder where there is none.</param>
    public static MasterKeys OwnKeys(this PortalSettings settings, bool make)
    {
        if (settings.MasterKey.Length > 0) return MasterKeys.FromText(settings.MasterKey);
        if (settings.MasterKeyFile.Length > 0) return MasterKeys.FromFile(settings.MasterKeyFile);
        if (make) MasterKeyFile.Ensure(settings.OwnKeyFile());
        return MasterKeys.FromFile(settings.OwnKeyFile());
    }

    /// <summary>The file of the portal's own key in the data folder.</summary>
    public static string OwnKeyFile(this PortalSettings settings) => Path.Combine(settings.Folder("keys"), "portal.key");

    /// <summary>Writes into the log what was sealed under keys that are not there, and what <c>rekey</c> would seal anew.</summary>
    public static async Task TellOfOtherKeysAsync(this IServiceProvider services, CancellationToken cancel)
    {
        var keys = services.GetRequiredService<MasterKeys>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.Keys");
        foreach (var (name, count) in await services.GetRequiredService<SealingAnew>().CountAsync(cancel))
        {
            if (name == keys.Current) continue;
            if (name.Length == 0 || keys.Names.Contains(name))
                log.LogWarning("{Count} keys lent to runs and passwords of endpoints are sealed under an older key of the portal {Key}; "
                    + "'Portal.Web rekey' seals them under {Current}.", count, name, keys.Current);
            else
                log.LogError("{Count} keys lent to runs and passwords of endpoints are sealed under the portal's key {Key}, which is not there. "
                    + "Put it back, behind the first one; else tokens and passwords must be given again.", count, name);
        }
    }
}
