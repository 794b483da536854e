using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>What was done with a credential for a run.</summary>
public enum CredentialMarkKind
{
    /// <summary>A run was submitted that it serves: kept to know the run by, and listed nowhere.</summary>
    Run,
    /// <summary>It was lent to a run.</summary>
    Leased,
    /// <summary>The lease ended.</summary>
    LeaseEnded,
    /// <summary>The run used it.</summary>
    Used,
}

/// <summary>One thing that was done with a credential for a run, as a read model.</summary>
/// <param name="Id">The event's id; of what is listed nowhere, the run's or the lease's.</param>
/// <param name="Credential">The credential; null for what is listed nowhere.</param>
/// <param name="Project">The run's project.</param>
/// <param name="Run">The run.</param>
/// <param name="RunName">What the run is called.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Position">The event's place in the order of all events.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who caused it, by id.</param>
/// <param name="ActorKind"><c>user</c>, <c>token</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="Door">Through which door.</param>
public sealed record CredentialMark(string Id, Id<Credential>? Credential, Id<Project> Project, Id<Run> Run, string RunName,
    CredentialMarkKind Kind, long Position, DateTimeOffset At, string Actor, string ActorKind, string Door)
{
    /// <summary>The step that it was used for; null for what serves the whole run.</summary>
    public string? Step { get; init; }

    /// <summary>What it was used for.</summary>
    public KeyUse? Use { get; init; }

    /// <summary>Until when it was lent.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the lent key was in memory alone.</summary>
    public bool Attended { get; init; }

    /// <summary>Why the lease ended.</summary>
    public string? Reason { get; init; }
}

/// <summary>Keeps <see cref="CredentialMark"/> behind the tail.</summary>
public sealed class CredentialMarkProjection : Projection<CredentialMark>
{
    /// <inheritdoc/>
    public override DocumentTable<CredentialMark> Table { get; } = new(
        "credential_marks", mark => mark.Id,
        [
            new("credential", "text", mark => mark.Credential?.ToString()),
            new("project", "text", mark => mark.Project.ToString()),
            new("position", "bigint", mark => mark.Position),
        ],
        ["credential, position desc", "credential, project, position desc"]);

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(RunSubmitted), typeof(LeaseGranted), typeof(LeaseEnded), typeof(CredentialUsed)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<CredentialMark> documents, CancellationToken cancel)
    {
        var by = recorded.Metadata;
        switch (recorded.Body)
        {
            case RunSubmitted submitted:
                documents.Put(new($"run-{submitted.RunId}", null, submitted.ProjectId, submitted.RunId, submitted.Name,
                    CredentialMarkKind.Run, recorded.Position, recorded.Time, by.Actor, by.ActorKind, by.Door));
                break;
            case LeaseGranted lease when await OfAsync(lease.RunId) is { } run:
                var lent = Mark(run, lease.CredentialId, CredentialMarkKind.Leased) with
                {
                    Until = lease.Until, Attended = lease.Attended,
                };
                documents.Put(lent);
                // An end names its lease alone.
                var known = lease.CredentialId.ToString();
                documents.Put(lent with { Id = $"lease-{lease.LeaseId}", Credential = null, Reason = known });
                break;
            case LeaseEnded ended when await documents.FindAsync($"lease-{ended.LeaseId}", cancel) is { } lease:
                var over = Mark(lease, Id<Credential>.Parse(lease.Reason!), CredentialMarkKind.LeaseEnded);
                documents.Put(over with { Reason = ended.Reason });
                break;
            case CredentialUsed used when await OfAsync(used.RunId) is { } run:
                documents.Put(Mark(run, used.CredentialId, CredentialMarkKind.Used) with { Use = used.Use, Step = used.Step });
                break;
        }

        ValueTask<CredentialMark?> OfAsync(Id<Run> run) => documents.FindAsync($"run-{run}", cancel);

        CredentialMark Mark(CredentialMark of, Id<Credential> credential, CredentialMarkKind kind) => new(
            recorded.Id.ToString("n"), credential, of.Project, of.Run, of.RunName, kind, recorded.Position, recorded.Time,
            by.Actor, by.ActorKind, by.Door);
    }
}
