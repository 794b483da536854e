using Portal.Domain.AccessTokens;

namespace Portal.Web.Components.AccessTokens;

/// <summary>Some scopes that go together, to choose with one click.</summary>
/// <param name="Id">A short word.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Scopes">What it holds.</param>
public sealed record ScopeSet(string Id, string Name, IReadOnlyList<Scope> Scopes);

/// <summary>Scopes as people read them.</summary>
public static class ScopeWords
{
    /// <summary>Sets that programs usually need.</summary>
    public static IReadOnlyList<ScopeSet> Sets { get; } =
    [
        new("follow", "Follow runs: a dashboard", [Scope.GetJobStatus, Scope.GetFile]),
        new("ci", "Submit and follow runs: a CI job", [Scope.GetJobStatus, Scope.PostJob, Scope.GetFile]),
        new("code", "The same, and bring new code", [Scope.GetJobStatus, Scope.PostCode, Scope.GetCode, Scope.PostJob, Scope.GetFile]),
        new("read", "See everything, change nothing", [.. Scopes.All.Where(scope => Scopes.PowerOf(scope) == Power.Read)]),
        new("all", "Everything that I may do", Scopes.All),
    ];

    /// <summary>What the scope lets a program do.</summary>
    public static string Says(Scope scope) => scope switch
    {
        Scope.GetJobStatus => "See runs, follow them, read their events and logs",
        Scope.UpdateJobStatus => "Nothing yet: kept for reports of how a job stands",
        Scope.GetJob => "See runs, follow them, read their events and logs, as get_job_status does",
        Scope.PostCode => "Bring new code: workflows, and runs of a description of its own",
        Scope.GetCode => "Read workflows",
        Scope.PostJob => "Submit runs of workflows that are there",
        Scope.UpdateJob => "Retry runs, lend them a key, take it back",
        Scope.DeleteJob => "Cancel runs",
        Scope.GetFile => "Download results",
        Scope.GetMachine => "See machines",
        Scope.KeepMachine => "Register and change machines, confirm host keys",
        Scope.KeepCredential => "Make, test and revoke your keys",
        Scope.GetData => "See endpoints",
        Scope.KeepData => "Register, change and remove endpoints",
        Scope.GetMember => "See members",
        Scope.KeepMember => "Invite and remove members, change roles",
        Scope.KeepProject => "Make, change and leave projects, answer invitations",
        Scope.GetEvent => "Read all events of a project",
        Scope.KeepToken => "List and revoke your access tokens",
        Scope.KeepArchive => "Archive runs and bring archives back, for administrators",
        _ => Scopes.NameOf(scope),
    };

    /// <summary>Some scopes in a few words: the set that they are, or how many.</summary>
    public static string Short(IReadOnlyCollection<Scope> scopes) =>
        Sets.FirstOrDefault(set => set.Scopes.Count == scopes.Count && set.Scopes.All(scopes.Contains))?.Name
        ?? string.Join(", ", scopes.Select(Scopes.NameOf));
}
