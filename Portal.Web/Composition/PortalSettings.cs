using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Quotas;
using Portal.Jobs.Addresses;
using Portal.Jobs.Audit;
using Portal.Jobs.Data.Scanning;
using Portal.Jobs.Pipeline;
using Portal.Jobs.Retention;
using Portal.Web.Accounts;
using Portal.Web.Accounts.Providers;
using Portal.Web.Edge;
using Portal.Web.Edge.Tls;
using Portal.Web.Mail;

namespace Portal.Web.Composition;

/// <summary>The section <c>Portal</c> of the configuration.</summary>
public sealed class PortalSettings
{
    /// <summary>Folder for everything that the portal keeps beside the database.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Connection string of PostgreSQL; empty for a private cluster in the data folder.</summary>
    public string Database { get; set; } = "";

    /// <summary>What this node does: <c>web</c>, <c>worker</c>, or both with a comma between.</summary>
    public string Roles { get; set; } = "web,worker";

    /// <summary>Who may make themselves an account: <c>open</c> anybody, <c>invitation</c> who was invited, <c>closed</c>
    /// nobody.</summary>
    public string SignUp { get; set; } = "open";

    /// <summary>Of whom a second factor is demanded: <c>offered</c> nobody, <c>administrators</c> those,
    /// <c>auditors</c> those who administer or audit, <c>everyone</c>.</summary>
    public string SecondFactor { get; set; } = "offered";

    /// <summary>The domain that passkeys are made for (a relying party's id): the portal's host, or a domain above it. Empty
    /// for the host that is asked. A passkey works for the domain that it was made for alone.</summary>
    public string PasskeyDomain { get; set; } = "";
    /// <summary>The address under which people reach the portal, for links in mails; empty where none are sent.</summary>
    public string Address { get; set; } = "";

    /// <summary>The server that takes mails.</summary>
    public MailSettings Mail { get; set; } = new();

    /// <summary>The certificate of https addresses of the portal's own.</summary>
    public TlsSettings Tls { get; set; } = new();

    /// <summary>Who else may say who somebody is, by names of lower-case letters.</summary>
    public Dictionary<string, ProviderSettings> Providers { get; } = [];

    /// <summary>The portal's own key as 32 bytes in base64, and behind it older ones that still open, with commas between; empty
    /// for a file. It seals the keys lent to runs, the passwords of endpoints and the keys of cookies.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>A file that holds them, a key a line, such as a vault mounts; empty for one that is made in the data folder.</summary>
    public string MasterKeyFile { get; set; } = "";

    /// <summary>How machines are spoken to.</summary>
    public SshSettings Ssh { get; set; } = new();

    /// <summary>This node's name among several that share a database: the same after a restart.</summary>
    public string NodeName { get; set; } = "node-1";

    /// <summary>Addresses and networks, with commas between, of the proxies in front: theirs are the only
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> that are believed.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>Where the portal may connect on behalf of people.</summary>
    public OutgoingSettings Outgoing { get; set; } = new();

    /// <summary>What looks through results before people get them.</summary>
    public ScannerSettings Scanner { get; set; } = new();

    /// <summary>Whether plain http is refused, but where the browser is on this machine. Where people reach the portal by https,
    /// there is nothing else to be used.</summary>
    public bool HttpsOnly { get; set; }

    /// <summary>Whether people reach the portal by https: by a certificate of its own, or by a proxy as its address
    /// tells.</summary>
    public bool ByHttps => Tls.Configured || Address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long access tokens may live.</summary>
    public TokenRules Tokens { get; set; } = new();

    /// <summary>What passwords may not be.</summary>
    public PasswordSettings Passwords { get; set; } = new();

    /// <summary>How long sign-ins by cookie last.</summary>
    public SessionSettings Sessions { get; set; } = new();

    /// <summary>How much one sender may ask for.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>How much projects may use that nothing else was said of.</summary>
    public QuotaDefaults Quotas { get; set; } = new();

    /// <summary>How patient the pipeline is.</summary>
    public PipelineOptions Pipeline { get; set; } = new();

    /// <summary>How the history is sealed.</summary>
    public SealSettings Seals { get; set; } = new();

    /// <summary>Where runs that ended long ago are put, and when.</summary>
    public ArchiveSettings Archives { get; set; } = new();

    /// <summary>How GraphQL is answered.</summary>
    public GraphQLSettings GraphQL { get; set; } = new();

    /// <summary>The rule that <see cref="SignUp"/> names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public SignUpRule SignUpRule => Enum.GetValues<SignUpMode>()
        .Where(mode => string.Equals(mode.ToString(), SignUp.Trim(), StringComparison.OrdinalIgnoreCase))
        .Select(mode => new SignUpRule(mode)).FirstOrDefault()
        ?? throw new FormatException($"Portal:SignUp: '{SignUp}' is none of open, invitation and closed.");

    /// <summary>The rule that <see cref="SecondFactor"/> names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public SecondFactorRule SecondFactorRule => Enum.GetValues<SecondFactorMode>()
        .Where(mode => string.Equals(mode.ToString(), SecondFactor.Trim(), StringComparison.OrdinalIgnoreCase))
        .Select(mode => new SecondFactorRule(mode)).FirstOrDefault()
        ?? throw new FormatException($"Portal:SecondFactor: '{SecondFactor}' is none of offered, administrators, auditors and everyone.");

    /// <summary>Whether this node has the role.</summary>
    public bool HasRole(string role) =>
        Roles.Split(',', StringSplitOptions.TrimEntries).Contains(role, StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of this name in the data folder, made when it is not there, readable by its owner alone.</summary>
    public string Folder(string name)
    {
        var path = Path.Combine(Path.GetFullPath(DataFolder), name);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
