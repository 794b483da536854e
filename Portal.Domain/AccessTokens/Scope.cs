using System.Globalization;
using Portal.Domain.Common;

namespace Portal.Domain.AccessTokens;

/// <summary>What an access token may be used for. Scopes do not imply one another. The first eight are HPCSerA's roles by their
/// numbers; the rest is what else the API offers. In OAuth (RFC 6749, section 3.3) and in REST a scope is its name in snake_case.</summary>
public enum Scope
{
    /// <summary>See runs, follow them, read their events and logs.</summary>
    GetJobStatus = 1,
    /// <summary>Nothing yet: kept for reports of how a job stands, which nothing takes today.</summary>
    UpdateJobStatus = 2,
    /// <summary>See runs, follow them, read their events and logs, as GET_JOB_STATUS lets a program: nothing hands jobs out yet.</summary>
    GetJob = 3,
    /// <summary>Bring new code: workflows, and runs of a description that comes with them.</summary>
    PostCode = 4,
    /// <summary>Read workflows.</summary>
    GetCode = 5,
    /// <summary>Submit runs of workflows that the project has.</summary>
    PostJob = 6,
    /// <summary>Change a run under way: retry it, lend it a key, take the key back.</summary>
    UpdateJob = 7,
    /// <summary>Cancel runs.</summary>
    DeleteJob = 8,
    /// <summary>Read the contents of results.</summary>
    GetFile,
    /// <summary>See machines and what happened to them.</summary>
    GetMachine,
    /// <summary>Register and change machines, confirm host keys.</summary>
    KeepMachine,
    /// <summary>Make, test and revoke keys of one's own.</summary>
    KeepCredential,
    /// <summary>See endpoints.</summary>
    GetData,
    /// <summary>Register, change and remove endpoints.</summary>
    KeepData,
    /// <summary>See the members of a project.</summary>
    GetMember,
    /// <summary>Invite and remove members, change roles.</summary>
    KeepMember,
    /// <summary>Make, rename and leave projects, answer invitations.</summary>
    KeepProject,
    /// <summary>Read all events of a project.</summary>
    GetEvent,
    /// <summary>List and revoke access tokens of one's own.</summary>
    KeepToken,
    /// <summary>Archive runs and bring archives back: for administrators.</summary>
    KeepArchive,
}

/// <summary>How much a token may do: the more, the shorter it lives.</summary>
public enum Power
{
    /// <summary>It looks, and changes nothing.</summary>
    Read,
    /// <summary>It runs things.</summary>
    Run,
    /// <summary>It keeps what others rely on: machines, keys, members.</summary>
    Keep,
}

/// <summary>Scopes by their names, and what they weigh.</summary>
public static class Scopes
{
    /// <summary>Every scope.</summary>
    public static IReadOnlyList<Scope> All { get; } = Enum.GetValues<Scope>();

    private static readonly Dictionary<string, Scope> ByName = All.ToDictionary(NameOf);

    /// <summary>Its name in OAuth and REST: <c>get_job_status</c>.</summary>
    public static string NameOf(Scope scope) =>
        string.Concat(scope.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    /// <summary>Their names, each once, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<Scope> scopes) => [.. scopes.Distinct().Order().Select(NameOf)];

    /// <summary>The scopes that an event names. A token made before there were scopes may everything; a name that is not known any
    /// more allows nothing.</summary>
    public static IReadOnlyList<Scope> Read(IReadOnlyList<string>? names) =>
        names is null ? All : [.. names.Select(Find).OfType<Scope>()];

    /// <summary>Their names with a blank between, in the order of their numbers.</summary>
    public static string Write(IEnumerable<Scope> scopes) => string.Join(' ', Names(scopes));

    /// <summary>The scope of a name, or of one of HPCSerA's numbers; null for any other word.</summary>
    public static Scope? Find(string word) =>
        ByName.TryGetValue(word, out var named) ? named
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 8 ? (Scope)number
        : null;

    /// <summary>The scopes of some words, or what is wrong with the first that is none.</summary>
    public static Result<IReadOnlyList<Scope>> Parse(IReadOnlyList<string> words)
    {
        var found = new List<Scope>();
        foreach (var word in words)
        {
            if (Find(word) is not { } scope)
                return Problem.Invalid("scopes", $"{AddressRange.Shown(word)} is no scope.", $"Scopes are {Write(All).Replace(" ", ", ", StringComparison.Ordinal)}.");
            found.Add(scope);
        }
        return found;
    }

    /// <summary>How much one scope allows.</summary>
    public static Power PowerOf(Scope scope) => scope switch
    {
        Scope.GetJobStatus or Scope.GetCode or Scope.GetFile or Scope.GetMachine or Scope.GetData or Scope.GetMember
            or Scope.GetEvent => Power.Read,
        Scope.KeepMachine or Scope.KeepCredential or Scope.KeepData or Scope.KeepMember or Scope.KeepProject or Scope.KeepToken
            or Scope.KeepArchive
            => Power.Keep,
        _ => Power.Run,
    };

    /// <summary>How much some scopes allow together.</summary>
    public static Power PowerOf(IEnumerable<Scope> scopes) => scopes.Select(PowerOf).DefaultIfEmpty(Power.Read).Max();
}
