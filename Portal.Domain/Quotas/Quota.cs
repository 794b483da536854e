using System.Text.Json.Serialization;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>What is counted.</summary>
public enum QuotaKind
{
    /// <summary>Runs that have not ended.</summary>
    Runs,
    /// <summary>Core hours of a calendar month.</summary>
    CoreHours,
    /// <summary>Bytes of inputs and outputs of a calendar month.</summary>
    Bytes,
}

/// <summary>How much a project may use. Null leaves it to the installation, 0 sets no limit.</summary>
/// <param name="Runs">Runs at a time, from 1.</param>
/// <param name="CoreHours">Core hours a calendar month, from 1.</param>
/// <param name="Bytes">Bytes moved a calendar month, from 1.</param>
public sealed record QuotaLimits(int? Runs = null, int? CoreHours = null, long? Bytes = null)
{
    /// <summary>Whether nothing is said, or nothing is limited.</summary>
    [JsonIgnore]
    public bool Nothing => Runs is null && CoreHours is null && Bytes is null;

    /// <summary>The limits that hold: what is not said here is taken from the installation; null is no limit from here
    /// on.</summary>
    public QuotaLimits Or(QuotaLimits usual) => new(
        Limit(Runs ?? usual.Runs), Limit(CoreHours ?? usual.CoreHours), Limit(Bytes ?? usual.Bytes));

    private static T? Limit<T>(T? said) where T : struct, IComparable<T> => said is { } limit && limit.CompareTo(default) > 0
        ? said : null;
}

/// <summary>What holds in projects that nothing else was said of: the section <c>Portal:Quotas</c>. 0 is no limit.</summary>
public sealed record QuotaDefaults
{
    /// <summary>Runs at a time.</summary>
    public int Runs { get; init; }

    /// <summary>Core hours a calendar month.</summary>
    public int CoreHours { get; init; }

    /// <summary>Bytes moved a calendar month.</summary>
    public long Bytes { get; init; }

    /// <summary>The same as limits.</summary>
    public QuotaLimits Limits => new(Runs, CoreHours, Bytes);
}

/// <summary>What was said of a project's quotas. Its id is the project's. Its stream is also where runs are let in, one by
/// one.</summary>
/// <param name="Limits">What administrators set; nothing before.</param>
public sealed record Quota(QuotaLimits Limits) : IAggregate<Quota>
{
    /// <inheritdoc/>
    public static string Prefix => "quota";

    /// <inheritdoc/>
    public static Quota Empty { get; } = new(new QuotaLimits());

    /// <inheritdoc/>
    public Quota Apply(Recorded recorded) => recorded.Body is ProjectQuotaChanged changed ? new(changed.Limits) : this;
}

/// <summary>An administrator of the installation set a project's quotas.</summary>
[EventType("project_quota_changed")]
public sealed record ProjectQuotaChanged(Id<Project> ProjectId, QuotaLimits Limits) : IBelongsToProject;

/// <summary>A run was let in, new or retried, in a project whose runs or core hours are limited. Written with the run's own
/// fact or not at all, and upon the last such fact: of two that want the last place, one gets it.</summary>
[EventType("run_admitted")]
public sealed record RunAdmitted(Id<Project> ProjectId, Id<Runs.Run> RunId) : IBelongsToProject;
