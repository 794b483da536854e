using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

/// <summary>Logs in at the site with a key of its own, with the plain ssh command.</summary>
internal sealed class SiteLogin : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-login-");
    private readonly SiteFacts facts;

    private SiteLogin(SiteFacts facts) => this.facts = facts;

    public static async Task<SiteLogin> CreateAsync(DemoSite site)
    {
        var login = new SiteLogin(site.Facts);
        var key = Path.Combine(login.folder.FullName, "key");
        _ = (await SiteCommand.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "site test", "-f", key])).Text;
        await site.AuthorizeAsync(File.ReadAllText(key + ".pub"));
        File.WriteAllText(
            Path.Combine(login.folder.FullName, "known"), $"[{site.Facts.Host}]:{site.Facts.SshPort} {site.Facts.HostKey}\n");
        return login;
    }

    public Task<CommandOutcome> RunAsync(string command, string input = "") => SiteCommand.RunAsync(
        "ssh",
        [
            "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-i", Path.Combine(folder.FullName, "key"),
            "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={folder.FullName}/known",
            "-p", $"{facts.SshPort}", $"{facts.User}@{facts.Host}", command,
        ],
        input);

    public void Dispose() => folder.Delete(recursive: true);
}
