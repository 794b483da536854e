using System.Text.RegularExpressions;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Data;

/// <summary>A place with data that a project's workflows may name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Name">What workflows call it: <c>endpoint://NAME/path</c>.</param>
/// <param name="Url">Scheme, host, port and base folder, for example <c>ftp://data.example.org:2121/study</c>; no user, no password.</param>
/// <param name="UserName">Login name there; null without login.</param>
/// <param name="HostKey">For SFTP the fingerprint of the key that the server answers with, <c>SHA256:…</c>; null for other schemes.</param>
/// <param name="Removed">Whether it was taken away.</param>
public sealed partial record Endpoint(
    Id<Endpoint> Id, Id<Project> Project, string Name, string Url, string? UserName, string? HostKey, bool Removed)
    : IAggregate<Endpoint>
{
    /// <inheritdoc/>
    public static string Prefix => "endpoint";

    /// <inheritdoc/>
    public static Endpoint Empty { get; } = new(default, default, "", "", null, null, false);

    /// <inheritdoc/>
    public Endpoint Apply(Recorded recorded) => recorded.Body switch
    {
        EndpointRegistered registered => new(registered.EndpointId, registered.ProjectId, registered.Name, registered.Url,
            registered.UserName, registered.HostKey, false),
        EndpointChanged changed => this with { Url = changed.Url, UserName = changed.UserName, HostKey = changed.HostKey },
        EndpointRemoved => this with { Removed = true },
        _ => this,
    };

    /// <summary>The schemes that can be spoken.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["ftp", "ftps", "sftp", "http", "https"];

    /// <summary>Everything that is wrong with an endpoint's name, address, login or host key.</summary>
    public static IReadOnlyList<Problem> Check(string name, string url, string? userName, string? hostKey)
    {
        var problems = new List<Problem>();
        if (!NamePattern().IsMatch(name))
        {
            problems.Add(Problem.Invalid("name",
                "An endpoint's name has 1 to 63 lower-case letters, digits and dashes, and begins with a letter or a digit.",
                "Workflows write it as endpoint://name/path."));
        }
        if (url.Length > 1000 || url.Any(char.IsControl) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || !Schemes.Contains(parsed.Scheme) || parsed.Host.Length == 0)
        {
            problems.Add(Problem.Invalid("url",
                $"An endpoint's address begins with one of {string.Join(", ", Schemes.Select(scheme => scheme + "://"))} and names a host.",
                "For example ftp://data.example.org/study."));
        }
        else if (parsed.UserInfo.Length > 0)
        {
            problems.Add(Problem.Invalid("url", "An address holds no user and no password.",
                "Give them in fields of their own: the password is kept sealed."));
        }
        else if (parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
        {
            problems.Add(Problem.Invalid("url", "An endpoint's address is a folder: no question mark, no hash sign."));
        }
        else if (CheckHostKey(parsed.Scheme == "sftp", hostKey) is { } wrong)
        {
            problems.Add(wrong);
        }
        if (userName is not null && (userName.Length is 0 or > 200 || userName.Any(char.IsControl) || userName.Contains(':')))
            problems.Add(Problem.Invalid("userName", "A login name has 1 to 200 characters, no colon and no control characters."));
        return problems;
    }

    private static Problem? CheckHostKey(bool needed, string? hostKey) => (needed, hostKey) switch
    {
        (true, null) => Problem.Invalid("hostKey", "An SFTP server is only spoken to when its key is confirmed.",
            "Give the fingerprint that its operators publish: SHA256:… (ssh-keyscan HOST | ssh-keygen -lf - shows what answers)."),
        (true, _) when !FingerprintPattern().IsMatch(hostKey) => Problem.Invalid("hostKey",
            "A fingerprint is SHA256: and 43 letters, digits, plus signs and slashes.", "Copy it as ssh-keygen -lf prints it."),
        (false, not null) => Problem.Invalid("hostKey", "Only SFTP servers have a host key.", "Leave it out."),
        _ => null,
    };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\ASHA256:[A-Za-z0-9+/]{43}\z")]
    private static partial Regex FingerprintPattern();
}

/// <summary>An endpoint was registered. Its password, where it has one, stands sealed elsewhere.</summary>
[EventType("endpoint_registered")]
public sealed record EndpointRegistered(
    Id<Endpoint> EndpointId, Id<Project> ProjectId, string Name, string Url, string? UserName, string? HostKey = null)
    : IBelongsToProject;

/// <summary>An endpoint's address, login or host key was changed.</summary>
[EventType("endpoint_changed")]
public sealed record EndpointChanged(Id<Endpoint> EndpointId, string Url, string? UserName, string? HostKey = null);

/// <summary>An endpoint was taken away, its password with it.</summary>
[EventType("endpoint_removed")]
public sealed record EndpointRemoved(Id<Endpoint> EndpointId);
