using Portal.Domain.AccessTokens;
using Portal.Domain.Quotas;
using Portal.Jobs.Pipeline;
using Portal.Web.Edge;

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

    /// <summary><c>open</c> when strangers may make themselves an account, <c>closed</c> when not.</summary>
    public string SignUp { get; set; } = "open";

    /// <summary>The portal's own key as 32 bytes in base64, for installations that keep it elsewhere; empty for a file made in
    /// the data folder. It seals the keys lent to runs and the passwords of endpoints.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>This node's name among several that share a database: the same after a restart.</summary>
    public string NodeName { get; set; } = "node-1";

    /// <summary>Addresses and networks, with commas between, of the proxies in front: theirs are the only <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> that are believed.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>How long access tokens may live.</summary>
    public TokenRules Tokens { get; set; } = new();

    /// <summary>How much one sender may ask for.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>How much projects may use that nothing else was said of.</summary>
    public QuotaDefaults Quotas { get; set; } = new();

    /// <summary>How patient the pipeline is.</summary>
    public PipelineOptions Pipeline { get; set; } = new();

    /// <summary>How GraphQL is answered.</summary>
    public GraphQLSettings GraphQL { get; set; } = new();

    /// <summary>Whether strangers may make themselves an account.</summary>
    public bool SignUpOpen => !string.Equals(SignUp, "closed", StringComparison.OrdinalIgnoreCase);

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
