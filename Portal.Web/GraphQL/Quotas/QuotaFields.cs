using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Quotas;

/// <summary>What a project uses, and how much it may. It is counted behind what happens, and may miss the last moment.</summary>
/// <param name="standing">How it stands.</param>
[ObjectType("Quotas")]
public sealed class QuotasNode(Standing standing)
{
    /// <summary>Runs that have not ended.</summary>
    public int Runs => standing.Runs;

    /// <summary>How many runs may be under way at a time; null for no limit.</summary>
    public int? RunLimit => standing.Limits.Runs;

    /// <summary>Core hours of the steps that ended this month.</summary>
    public double CoreHours => standing.CoreHours;

    /// <summary>Core hours that runs under way may still use: cores times time limits of their steps.</summary>
    public double CoreHoursAsked => standing.CoreHoursAsked;

    /// <summary>How many core hours may be used a month; null for no limit.</summary>
    public int? CoreHourLimit => standing.Limits.CoreHours;

    /// <summary>Bytes of the inputs and outputs that arrived this month.</summary>
    public long Bytes => standing.Bytes;

    /// <summary>How many bytes may be moved a month; null for no limit.</summary>
    public long? ByteLimit => standing.Limits.Bytes;

    /// <summary>The first moment of this calendar month, UTC.</summary>
    public DateTimeOffset Month => standing.Month;

    /// <summary>When the next one begins, and what is counted by the month begins anew.</summary>
    public DateTimeOffset Turns => standing.Turns;
}

/// <summary>What a project uses.</summary>
[ObjectType<ProjectNode>]
public static class ProjectQuotas
{
    /// <summary>What it uses, and how much it may; null if it does not exist for the caller any more.</summary>
    public static async Task<QuotasNode?> GetQuotasAsync([Parent] ProjectNode project, [Caller] Caller caller,
        ShowQuotasHandler quotas,
        CancellationToken cancel) =>
        (await quotas.HandleAsync(caller, project.Id, cancel)).OrNull() is { } standing ? new(standing) : null;
}
