using System.Text.Json;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Fixtures;

/// <summary>What site/up writes to site.json.</summary>
public sealed record SiteFacts(
    string Dir, string Host, int SshPort, string User, string Home, string Workdir, string Installdir, string Datadir,
    string SmallFolder, string AuthorizedKeys, string HostKey, string Scheduler, string[] Partitions, string Account,
    string FtpUrl, string FtpUser, string FtpPasswordFile, string FtpFolder,
    string GitUrl, string RegistryFolder, string WorkflowFile, string SlurmConf, string Bin, string LoginHook, string Log)
{
    /// <summary>The password of <see cref="FtpUser"/>.</summary>
    public string FtpPassword => Secrets.Note("a data server's password", File.ReadAllText(FtpPasswordFile).Trim());

    public static SiteFacts Read(string folder) =>
        JsonSerializer.Deserialize<SiteFacts>(File.ReadAllText(Path.Combine(folder, "site.json")), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"{folder}/site.json is empty");
}
