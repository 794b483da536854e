using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Somebody took events away as a file, or broke that off. Sealed, it shows of a file with a proof that it holds all
/// that was given and nothing else.</summary>
/// <param name="ProjectId">The project that was asked for; else the taker's own.</param>
/// <param name="By">Who took them, themselves or by a token of theirs.</param>
/// <param name="Projects">Within which projects they may read; null for everything.</param>
/// <param name="Filter">What was asked for.</param>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
/// <param name="Proof">Whether the file brings its proof.</param>
/// <param name="Complete">Whether all was sent. Else the reader went away, or something failed.</param>
/// <param name="Events">How many were sent.</param>
/// <param name="Last">Position of the last of them; null where there was none.</param>
/// <param name="UpTo">Up to which position was searched.</param>
/// <param name="Unsealed">How many of the last were not sealed; null where that was not looked at.</param>
/// <param name="Digest">The <see cref="ExportDigest"/> of a complete one.</param>
[EventType(ExportNotes.Type)]
public sealed record EventsExported(
    Id<Project> ProjectId, Id<User> By, IReadOnlyCollection<Id<Project>>? Projects, ExportFilter Filter, string Format,
    bool Proof, bool Complete, long Events, long? Last, long UpTo, long? Unsealed, string? Digest) : IBelongsToProject
{
    /// <summary>What the names of its streams begin with: each has one of its own, so that nobody waits for anybody.</summary>
    public const string Prefix = "export";
}

/// <summary>What was asked for, as it is kept. What is null was not.</summary>
/// <param name="From">Only those recorded at this time or later.</param>
/// <param name="Until">Only those recorded before this time.</param>
/// <param name="Types">Only those of these types.</param>
/// <param name="Actor">Only those caused by this actor.</param>
/// <param name="Door">Only those that came by this door.</param>
/// <param name="Machine">Only those about this machine, and those of runs on it.</param>
/// <param name="Credential">Only those about this credential, and those of runs that use it.</param>
/// <param name="Run">Only those of this run.</param>
/// <param name="Correlation">Only what this request led to.</param>
/// <param name="Text">Only those in which these words stand.</param>
/// <param name="Usage">Only those of the runs that a number of a report was folded from.</param>
public sealed record ExportFilter(DateTimeOffset? From, DateTimeOffset? Until, IReadOnlyCollection<string>? Types, string? Actor,
    string? Door, Guid? Machine, Guid? Credential, Guid? Run, Guid? Correlation, string? Text,
    UsageSlice? Usage = null)
{
    /// <summary>That of a question.</summary>
    public static ExportFilter Of(EventQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new(question.From, question.Until, question.Types, question.Actor, question.Door, question.Machine?.Value,
            question.Credential?.Value, question.Run?.Value, question.Correlation, question.Text, question.Usage);
    }
}
