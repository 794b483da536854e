using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Code;

/// <summary>A repository as git is told of it: by an address that was looked at, so that the name is not asked for
/// again.</summary>
/// <param name="Url">What git asks for.</param>
/// <param name="Options">Configuration, as git takes it behind <c>-c</c>.</param>
/// <param name="Variables">Variables of its environment.</param>
internal sealed partial record GitRemote(string Url, IReadOnlyList<string> Options, IReadOnlyDictionary<string, string> Variables)
{
    private const string Secure = "https", Plain = "http", Daemon = "git";

    private const string Careful = "-o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15";

    /// <summary>None: for what asks nobody.</summary>
    public static GitRemote None { get; } = new("", [], new Dictionary<string, string>());

    /// <summary>Looks at where a repository is.</summary>
    /// <exception cref="PlaceException">It may not be reached, or not by this protocol.</exception>
    public static async Task<GitRemote> FindAsync(string url, CodeSettings settings, CancellationToken cancel)
    {
        if (settings.LocalRepositories && (url.StartsWith('/') || url.StartsWith("file:", StringComparison.Ordinal)))
            return None with { Url = url };
        if (await ReachAsync(url, settings, cancel) is not var (parts, reached))
            throw CodeFault.Final(FailureName.InvalidDescription,
                $"Code is not fetched by this protocol: {CodeFault.Clean(url)}.", null, "Use https, ssh or git.");
        switch (parts.Groups["scheme"].Value)
        {
            case Secure or Plain:
                var led = await GitRedirects.FollowAsync(url, settings.Outgoing, cancel);
                if (led == url) return OfHttp(url, parts, reached);
                if (await ReachAsync(led, settings, cancel) is not var (last, there))
                    throw CodeFault.Final(FailureName.InvalidDescription,
                        $"{CodeFault.Clean(url)} leads to where no code is fetched from.");
                return OfHttp(led, last, there);
            case Daemon:
                var host = parts.Groups["host"];
                return None with
                {
                    Url = url[..host.Index] + OutgoingGate.Written(reached[0]) + url[(host.Index + host.Length)..],
                    Variables = new Dictionary<string, string>
                    {
                        ["GIT_OVERRIDE_VIRTUAL_HOST"] = host.Value + parts.Groups["port"].Value,
                    },
                };
            default:
                return OfShell(url, parts, reached[0]);
        }
    }

    private static async Task<(Match Parts, IReadOnlyList<IPAddress> Reached)?> ReachAsync(
        string url, CodeSettings settings, CancellationToken cancel)
    {
        if (RemoteUrl().Match(url) is not { Success: true } parts) return null;
        var encrypted = parts.Groups["scheme"].Value is not (Plain or Daemon);
        return (parts, await settings.Outgoing.ReachAsync(parts.Groups["host"].Value, encrypted, cancel));
    }

    // git-config(1), http.curloptResolve; whatever host is asked for at that port, it is one of these.
    private static GitRemote OfHttp(string url, Match parts, IReadOnlyList<IPAddress> reached) => None with
    {
        Url = url,
        Options = [$"http.curloptResolve=*:{Port(parts, parts.Groups["scheme"].Value == Secure ? 443 : 80)}:"
            + string.Join(',', reached.Select(OutgoingGate.Written))],
    };

    // The account's list of known hosts names the host, with its port where that is not the usual one.
    private static GitRemote OfShell(string url, Match parts, IPAddress address)
    {
        var (host, port) = (parts.Groups["host"].Value.Trim('[', ']'), Port(parts, 22));
        string[] options =
        [
            "-o", $"HostName={address.ToString().Replace("%", "%%", StringComparison.Ordinal)}",
            "-o", $"HostKeyAlias={(port == "22" ? host : $"[{host}]:{port}")}",
        ];
        return None with
        {
            Url = url,
            Variables = new Dictionary<string, string> { ["GIT_SSH_COMMAND"] = $"ssh {Careful} {Shell.QuoteAll(options)}" },
        };
    }

    private static string Port(Match parts, int usual) =>
        parts.Groups["port"].Value is { Length: > 0 } port ? port[1..] : usual.ToString(CultureInfo.InvariantCulture);

    // So narrow that git, curl and ssh read the same host out of it.
    [GeneratedRegex(@"\A(?<scheme>https|http|git|ssh)://([A-Za-z0-9._-]+@)?"
        + @"(?<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?<port>:[0-9]{1,5})?/[^\x00-\x20]*\z")]
    private static partial Regex RemoteUrl();
}
