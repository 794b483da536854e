using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Credentials;

/// <summary>One thing that happened to a credential, or to the machine that it opens.</summary>
/// <param name="happened">What.</param>
[ObjectType("CredentialEvent")]
public sealed class CredentialEventNode(CredentialEvent happened)
{
    /// <summary>What happened.</summary>
    public CredentialEventKind Kind => happened.Kind;

    /// <summary>The event's place in the order of all events.</summary>
    public long Position => happened.Position;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Time => happened.At;

    /// <summary>Who caused it.</summary>
    public ActorNode Actor => new(happened.By.Actor, happened.By.ActorKind, happened.By.Door);

    /// <summary>The run that it was for; null where it was for none.</summary>
    [Id("Run")]
    public Id<Run>? Run => happened.Mark?.Run;

    /// <summary>What that run is called.</summary>
    public string? RunName => happened.Mark?.RunName;

    /// <summary>What commands it was used for.</summary>
    public KeyUse? Use => happened.Mark?.Use;

    /// <summary>The step that it was used for; null for what serves the whole run.</summary>
    public string? Step => happened.Mark?.Step;

    /// <summary>Until when it was lent.</summary>
    public DateTimeOffset? Until => happened.Mark?.Until;

    /// <summary>Why the lease ended: <c>done</c>, <c>expired</c>, <c>revoked</c> or <c>replaced</c>.</summary>
    public string? Reason => happened.Mark?.Reason;

    /// <summary>Whether a test went well.</summary>
    public bool? Ok => happened.Ok;

    /// <summary>The credential that took its place.</summary>
    [Id("Credential")]
    public Id<Credential>? Successor => happened.Successor;

    /// <summary>Fingerprints, of the key that took its place too, or what was seen instead of a pinned key.</summary>
    public string? Detail => happened.Detail;
}

/// <summary>Everything that happened to a credential, in pages, newest first.</summary>
/// <param name="history">A page of it.</param>
/// <param name="after">Where it begins.</param>
[ObjectType("CredentialHistory")]
public sealed class CredentialHistoryNode(CredentialHistory history, string? after)
{
    internal CredentialView View => history.Credential;

    /// <summary>SHA-256 fingerprint as OpenSSH prints it.</summary>
    public string Fingerprint => View.Fingerprint;

    /// <summary>What is on the page. Cursors are positions.</summary>
    public IEnumerable<CredentialEventNode> Nodes => history.Events.Select(one => new CredentialEventNode(one));

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo => new(history.More, after is not null, Cursor(history.Events.FirstOrDefault()),
        Cursor(history.Events.LastOrDefault()));

    private static string? Cursor(CredentialEvent? one) => one?.Position.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whose history it is.</summary>
[ObjectType<CredentialHistoryNode>]
public static class CredentialHistoryFields
{
    /// <summary>Whose credential it is.</summary>
    public static Task<Person?> GetOwnerAsync([Parent] CredentialHistoryNode history, PersonLoader people) =>
        people.LoadAsync(history.View.Owner);
}

/// <summary>Questions about what happened to keys.</summary>
[QueryType]
public static class CredentialQueries
{
    /// <summary>
    /// What happened to a credential, newest first: made, tested, lent, used, ended, and its machine's host keys. Its owner sees
    /// all of it; who may read the events of a project sees what its runs did with it. Null if there is none.
    /// </summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static async Task<CredentialHistoryNode?> GetCredentialHistoryAsync([Id("Credential")] Id<Credential> id,
        [Caller] Caller caller, CredentialHistoryHandler credentials, int first = EventPages.Usual, string? after = null,
        CancellationToken cancel = default)
    {
        if (first is < 1 or > CredentialHistoryHandler.Most)
            throw Answers.Refusal(Problem.Invalid("first", $"A page has 1 to {CredentialHistoryHandler.Most} entries."));
        long? before = after is null ? null : EventPages.After(after, first);
        return (await credentials.HandleAsync(caller, id, before, first, cancel)).OrNull() is { } history ? new(history, after)
            : null;
    }
}
