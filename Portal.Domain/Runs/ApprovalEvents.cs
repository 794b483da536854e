using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Why somebody is asked about a run.</summary>
public enum ApprovalReason
{
    /// <summary>Its bytes were neither approved nor run in the project before.</summary>
    NewCode,
    /// <summary>The project asks about every run.</summary>
    EveryRun,
    /// <summary>No run of the project has been approved for its machine.</summary>
    NewMachine,
    /// <summary>It asks for more core hours than the project lets pass, or for no limit at all.</summary>
    Budget,
}

/// <summary>The project wants a second look at some runs: these are its rules at the moment at which the run was submitted, or
/// retried where it had none before. Nothing of it reaches its machine before they are met.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Rules">What the project asks about.</param>
[EventType("run_approval_demanded")]
public sealed record ApprovalDemanded(Id<Run> RunId, ApprovalRules Rules);

/// <summary>Somebody has to look at the run: it waits for that.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Hash">Of all that would run (<see cref="CodeHash"/>): what an approval is bound to.</param>
/// <param name="Scripts">The part of it over the description and its scripts.</param>
/// <param name="Files">The part of it over the files of the code; null where the run brings none.</param>
/// <param name="Reasons">Why.</param>
/// <param name="CoreHours">What it asks for; null where a step has no time limit.</param>
[EventType("run_approval_asked")]
public sealed record ApprovalAsked(Id<Run> RunId, string Hash, string Scripts, string? Files,
    IReadOnlyList<ApprovalReason> Reasons, double? CoreHours);

/// <summary>Nothing about the run is new to its project: nobody is asked.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Hash">Of all that will run.</param>
/// <param name="Scripts">The part of it over the description and its scripts.</param>
/// <param name="Files">The part of it over the files of the code.</param>
/// <param name="CoreHours">What it asks for.</param>
[EventType("run_approval_passed")]
public sealed record ApprovalPassed(Id<Run> RunId, string Hash, string Scripts, string? Files, double? CoreHours);

/// <summary>Somebody looked and lets the run go on.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Hash">What they saw and approved.</param>
/// <param name="By">Who.</param>
/// <param name="Own">Whether they had submitted the run themselves.</param>
/// <param name="Comment">What they said about it.</param>
[EventType("run_approved")]
public sealed record RunApproved(Id<Run> RunId, string Hash, Id<User> By, bool Own, string? Comment);

/// <summary>Somebody looked and does not want the run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Hash">What they saw.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">What they said about it.</param>
[EventType("run_approval_refused")]
public sealed record ApprovalRefused(Id<Run> RunId, string Hash, Id<User> By, string? Comment);
