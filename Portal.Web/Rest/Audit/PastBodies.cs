using System.ComponentModel;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Web.Rest.Runs;

namespace Portal.Web.Rest.Audit;

/// <summary>A thing as it was after one of its events.</summary>
/// <typeparam name="T">How the thing is shown.</typeparam>
public sealed record PastBody<T>(
    [property: Description("How many of its events had happened.")] long Version,
    [property: Description("How many have happened by now.")] long Latest,
    [property: Description("The last that had happened.")] EventBody Event,
    [property: Description("As it was: folded from its events up to there, and from nothing else.")] T State,
    [property: Description("What that last event changed; with `since`, what differs from that version of it.")]
    IReadOnlyList<DifferenceBody> Differences);

/// <summary>The same of two things, or of one at two moments.</summary>
public sealed record DifferenceBody(
    [property: Description("What it is about: Run, Parameters, Step solve.")] string Section, string Name,
    [property: Description("How the values are to be read.")] TraitKind Kind, string? Left, string? Right, bool Differs)
{
    /// <summary>It as it is shown.</summary>
    public static DifferenceBody Of(Difference one) => new(one.Section, one.Name, one.Kind, one.Left, one.Right, one.Differs);
}

/// <summary>Two runs side by side.</summary>
public sealed record ComparisonBody(RunBody Left, RunBody Right, IReadOnlyList<DifferenceBody> Differences);

/// <summary>A machine as it was.</summary>
public sealed record MachineAtBody(
    Id<Machine> Id, string Name, string Host, int Port, string User, string WorkFolder, string? InstallFolder, string? DataFolder,
    string Scheduler, IReadOnlyList<string> SetUpLines, IReadOnlyList<string> JumpHosts, bool AttendedOnly,
    IReadOnlyList<HostKey> HostKeys, IReadOnlyList<JumpHostKeys> JumpHostKeys,
    [property: Description("What was seen instead of a pinned key.")] string? HostKeyMismatch,
    [property: Description("The jump host where it was seen; left out for the machine itself.")] string? HostKeyMismatchAt,
    IReadOnlyList<MachineShare> Shares, bool Retired)
{
    /// <summary>The machine as it is shown.</summary>
    public static MachineAtBody Of(Id<Machine> id, Machine machine)
    {
        var settings = machine.Settings;
        return new(id, settings.Name, settings.Host, settings.Port, settings.User, settings.WorkFolder, settings.InstallFolder,
            settings.DataFolder, settings.Scheduler, settings.SetUpLines, settings.JumpHosts, settings.AttendedOnly,
            machine.HostKeys, machine.JumpHostKeys, machine.HostKeyMismatch, machine.HostKeyMismatchAt, machine.Shares,
            machine.Retired);
    }
}

/// <summary>Who was in a project.</summary>
public sealed record MemberAtBody(Id<User> User, Role Role);

/// <summary>A project as it was.</summary>
public sealed record ProjectAtBody(Id<Project> Id, string Name, bool Personal,
    [property: Description("When it wanted a second look at a run.")] ApprovalRules ApprovalRules,
    [property: Description("Who was in it, owners first.")] IReadOnlyList<MemberAtBody> Members)
{
    /// <summary>The project as it is shown.</summary>
    public static ProjectAtBody Of(Project project) => new(project.Id, project.Name, project.Personal, project.Approvals,
        [.. project.Members.OrderByDescending(member => member.Value).ThenBy(member => member.Key.Value)
            .Select(member => new MemberAtBody(member.Key, member.Value))]);
}

/// <summary>A key as it was; its private half is shown to nobody.</summary>
public sealed record CredentialAtBody(Id<Credential> Id, Id<User> Owner, string PublicKey, string Fingerprint,
    [property: Description("rotated or revoked; left out while it might be used.")] string? Ended)
{
    /// <summary>The key as it is shown.</summary>
    public static CredentialAtBody Of(Credential key) => new(key.Id, key.Owner, key.PublicKey, key.Fingerprint, key.Ended);
}

/// <summary>One thing that happened to a key, or to the machine that it opens.</summary>
public sealed record CredentialEventBody(CredentialEventKind Kind, long Position, DateTimeOffset Time, ActorBody Actor,
    [property: Description("The run that it was for; left out where it was for none.")] Id<Run>? Run, string? RunName,
    [property: Description("What commands it was used for.")] KeyUse? Use,
    [property: Description("The step that it was used for; left out for what serves the whole run.")] string? Step,
    [property: Description("Until when it was lent.")] DateTimeOffset? Until,
    [property: Description("Why the lease ended: done, expired, revoked or replaced.")] string? Reason,
    [property: Description("Whether a test went well.")] bool? Ok,
    [property: Description("The credential that took its place.")] Id<Credential>? Successor,
    [property: Description("Fingerprints, of the key that took its place too, or what was seen instead of a pinned key.")]
    string? Detail)
{
    /// <summary>It as it is shown.</summary>
    public static CredentialEventBody Of(CredentialEvent one) => new(one.Kind, one.Position, one.At,
        new(one.By.Actor, one.By.ActorKind, one.By.Door), one.Mark?.Run, one.Mark?.RunName, one.Mark?.Use, one.Mark?.Step,
        one.Mark?.Until, one.Mark?.Reason, one.Ok, one.Successor, one.Detail);
}
