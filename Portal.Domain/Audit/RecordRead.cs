using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>An auditor or an administrator read what others did. By which door and with which token stands in the event's
/// metadata.</summary>
/// <param name="ProjectId">Where it happened; the reader's own project for what is read of the whole installation.</param>
/// <param name="Reader">Who read it, themselves or by a token of theirs.</param>
/// <param name="Kind">What kind of record: one of <see cref="ReadingKind"/>.</param>
/// <param name="About">Which one: an id, and behind a blank what of it; for what is read of a whole project, its id. Of events
/// that were searched, behind the blank stand the conditions as in the page's address; of one that was opened, its
/// position.</param>
[EventType("record_read")]
public sealed record RecordRead(Id<Project> ProjectId, Id<User> Reader, string Kind, string About) : IBelongsToProject;

/// <summary>Kinds of what is read.</summary>
public static class ReadingKind
{
    /// <summary>A run, its steps and its events.</summary>
    public const string Run = "run";

    /// <summary>A list of a project's runs with some of others: who submitted each, how it stands and why it failed.</summary>
    public const string Runs = "runs";

    /// <summary>A log of a run.</summary>
    public const string Log = "log";

    /// <summary>The contents of a run's result.</summary>
    public const string Output = "output";

    /// <summary>Events, of a project or of all.</summary>
    public const string Events = "events";

    /// <summary>Events or runs as a file to take away.</summary>
    public const string Export = "export";

    /// <summary>What happened to a machine.</summary>
    public const string Machine = "machine";

    /// <summary>What happened to a credential.</summary>
    public const string Credential = "credential";

    /// <summary>Something as it was at another moment.</summary>
    public const string Replay = "replay";

    /// <summary>A run as a crate, or its provenance.</summary>
    public const string Crate = "crate";

    /// <summary>A report.</summary>
    public const string Report = "report";

    /// <summary>When and from where somebody signed in.</summary>
    public const string SignIns = "sign_ins";
}
