using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Components.Parts;
using Portal.Web.Components.Runs;

namespace Portal.Web.Components.Audit;

/// <summary>The record in words.</summary>
public static class AuditWords
{
    /// <summary>"Run submitted" for <c>run_submitted</c>.</summary>
    public static string Type(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Length == 0 ? "" : char.ToUpperInvariant(type[0]) + type[1..].Replace('_', ' ');
    }

    /// <summary>The tone of an event's mark, by what its type tells.</summary>
    public static string Tone(string type) => type switch
    {
        "access_denied" or "sign_in_failed" or "run_failed" or "run_held" or "host_key_changed" or "run_approval_refused" => "bad",
        "run_cancelled" or "cancel_requested" or "attempt_postponed" or "step_submission_unclear" or "credential_revoked"
            or "access_token_revoked" or "account_disabled" or "project_member_removed" or "machine_retired" => "wait",
        "run_succeeded" or "transfer_completed" or "run_approved" => "good",
        "run_submitted" or "run_retried" or "phase_entered" => "going",
        _ => "neutral",
    };

    /// <summary>A door's word.</summary>
    public static string Door(string door) => door switch
    {
        "page" => "page",
        "graphql" => "GraphQL",
        "rest" => "REST",
        "cli" => "command line",
        "worker" => "worker",
        _ => door,
    };

    /// <summary>What an event says, in a few words; empty where its type tells it all.</summary>
    public static string Of(object body) => body switch
    {
        RecordRead read => $"{Reading(read.Kind)}: {read.About}",
        ArchivedEvent => "archived",
        StreamsArchived made => $"{made.File}: {made.Streams} streams",
        EventsExported { Complete: true } taken => $"{Count(taken)} as {taken.Format}{(taken.Proof ? " with proof" : "")}",
        EventsExported broken => $"broken off after {Count(broken)}",
        AccessDenied denied => $"{denied.Operation}: {denied.Code}",
        SignedIn signed => SignInWords.Way(signed.Way),
        SignInFailed failed => $"{SignInWords.Way(failed.Way)}: {SignInWords.Fault(failed.Fault)}",
        _ => RunEventWords.Of(body, Run.Empty),
    };

    private static string Count(EventsExported taken) => $"{taken.Events} {(taken.Events == 1 ? "event" : "events")}";

    private static string Reading(string kind) => kind switch
    {
        ReadingKind.Run => "a run",
        ReadingKind.Runs => "a list of runs",
        ReadingKind.Log => "a log",
        ReadingKind.Output => "a result",
        ReadingKind.Events => "events",
        ReadingKind.Export => "events, taken away",
        ReadingKind.Machine => "what happened to a machine",
        ReadingKind.Credential => "what happened to a key",
        ReadingKind.Replay => "as it was",
        ReadingKind.Crate => "a run, taken away",
        ReadingKind.Report => "a report",
        ReadingKind.SignIns => "the sign-ins of a person",
        _ => kind,
    };

    /// <summary>Who caused an event.</summary>
    /// <param name="by">What the event says.</param>
    /// <param name="names">Names of people.</param>
    public static string Actor(EventMetadata by, IReadOnlyDictionary<Id<User>, string> names) => by.ActorKind switch
    {
        "user" when Id<User>.TryParse(by.Actor, out var id) => names.NameOf(id),
        "token" => "an access token",
        "agent" => "an agent",
        // Of one that is archived the index knows who, and not what they are.
        "" when by.Actor != "portal" => by.Actor.Length > 12 ? by.Actor[^12..] : by.Actor,
        _ => "the portal",
    };

    /// <summary>Where a thing has a page; null where it has none.</summary>
    public static string? Href(EventSubject subject) => subject.Kind switch
    {
        "run" => $"/runs/{subject.Id}",
        "machine" => $"/machines/{subject.Id}",
        "project" => $"/projects/{subject.Id}",
        "workflow" => $"/workflows/{subject.Id}",
        _ => null,
    };

    /// <summary>A kind of thing in words.</summary>
    public static string Kind(string kind) => kind switch
    {
        "accesstoken" => "access token",
        "accountinvitation" => "invitation",
        "signin" => "sign-in",
        _ => kind,
    };

    /// <summary>"4 May 10:20:03": day and time in UTC, of the present year without it.</summary>
    public static string Time(DateTimeOffset moment, DateTimeOffset now) => moment.UtcDateTime.ToString(
        moment.Year == now.Year ? "d MMM HH:mm:ss" : "d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A moment as a field of date and time has it, in UTC.</summary>
    public static string? Field(string? moment) => DateTimeOffset.TryParse(
        moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var known)
        ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        : null;
}
