using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;

namespace Portal.Domain.Quotas;

/// <summary>Tells the worker whether more bytes of a project may be moved.</summary>
public sealed class ByteAllowance(Standings standings)
{
    /// <summary>Why no more may be moved this month; null when they may, or nothing is limited.</summary>
    /// <param name="project">The project.</param>
    /// <param name="moving">Bytes on their way now that have not arrived yet, wholes where their size is known.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Failure?> RefusalAsync(Id<Project> project, long moving, CancellationToken cancel)
    {
        if ((await standings.LimitsAsync(project, cancel)).Holds.Bytes is not { } limit) return null;
        var standing = (await standings.OfAsync(project, cancel)).Standing;
        return standing.Bytes + moving <= limit ? null : new(FailureName.QuotaExceeded,
            string.Create(CultureInfo.InvariantCulture,
            $"The project may move {limit:N0} bytes a month; {standing.Bytes:N0} are moved, "
                + $"and {moving:N0} more are on their way."),
            null, $"The run goes on by itself when an administrator of the portal raises the quota, or on {standing.TurnsOn}.");
    }
}
