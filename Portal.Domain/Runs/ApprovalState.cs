using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>How far a run is with the second look that its project wants.</summary>
public enum ApprovalStage
{
    /// <summary>Nobody knows yet whether anybody has to be asked.</summary>
    Due,
    /// <summary>It waits for somebody to look.</summary>
    Waiting,
    /// <summary>Nothing was new: nobody was asked.</summary>
    Passed,
    /// <summary>Somebody let it go on.</summary>
    Approved,
    /// <summary>Somebody did not want it.</summary>
    Refused,
}

/// <summary>The second look at a run.</summary>
/// <param name="Rules">The project's rules that hold for it.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Hash">Of all that would run, once it is known.</param>
/// <param name="Scripts">The part of it over the description and its scripts.</param>
/// <param name="Files">The part of it over the files of the code; null where the run brings none.</param>
/// <param name="Reasons">Why somebody is asked.</param>
/// <param name="CoreHours">What it asks for; null where a step has no time limit.</param>
/// <param name="AskedAt">Since when it waits, or did.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Comment">What they said about it.</param>
public sealed record ApprovalState(ApprovalRules Rules, ApprovalStage Stage, string? Hash, string? Scripts, string? Files,
    IReadOnlyList<ApprovalReason> Reasons, double? CoreHours, DateTimeOffset? AskedAt, Id<User>? DecidedBy,
    DateTimeOffset? DecidedAt, string? Comment)
{
    /// <summary>Whether the run may go on.</summary>
    public bool Cleared => Stage is ApprovalStage.Passed or ApprovalStage.Approved;

    /// <summary>The second look before anything is known about the run.</summary>
    public static ApprovalState Begin(ApprovalRules rules) =>
        new(rules, ApprovalStage.Due, null, null, null, [], null, null, null, null, null);
}

/// <summary>Who sent a run: through which door, with which access token.</summary>
/// <param name="Door"><c>page</c>, <c>graphql</c>, <c>rest</c> or <c>cli</c>.</param>
/// <param name="Token">The access token that was shown; null where the person was signed in.</param>
public sealed record Sender(string Door, Id<AccessTokens.AccessToken>? Token);
