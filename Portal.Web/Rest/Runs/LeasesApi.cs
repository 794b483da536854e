using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>A lease of one's own key that holds now.</summary>
public sealed record RunningLeaseBody(
    Id<Run> Run, string RunName, Id<Project> Project, Id<Machine> Machine, string MachineName, DateTimeOffset? Since,
        DateTimeOffset? Until,
    [property: Description("Whether the key is in memory alone.")] bool Attended,
    [property: Description("Connections that were opened with the key, or that its run joined.")] int Uses,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>The lease as it is shown.</summary>
    public static RunningLeaseBody Of(ListedLease lease) => new(lease.Run.Id, lease.Run.Name, lease.Run.Project,
        lease.Run.Machine,
        lease.Run.MachineName, lease.Run.LeaseSince, lease.Run.LeaseUntil, lease.Run.LeaseAttended, lease.Use?.Times ?? 0,
            lease.Use?.LastAt);
}

/// <summary>How many leases were ended.</summary>
public sealed record RevokedLeases(int Revoked);

/// <summary>Leases of one's own keys.</summary>
public static class LeasesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapLeases(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/leases").WithTags("Runs");
        group.MapGet("", List).WithSummary("The leases of your keys that hold now.").WithName("listLeases")
            .WithDescription("In all your projects, those that end first in front.").Produces<Page<RunningLeaseBody>>();
        group.MapDelete("", Revoke).WithSummary("Take your key back from all your runs.").WithName("revokeLeases")
            .WithDescription("Each waits for your token. One alone is revoked at its run.").Produces<RevokedLeases>();
    }

    private static async Task<IResult> List(HttpContext context, MyLeasesHandler leases, CancellationToken cancel) =>
        (await leases.HandleAsync(RestCaller.Of(context), cancel))
            .Answered(all => new Page<RunningLeaseBody>([.. all.Select(RunningLeaseBody.Of)], null));

    private static async Task<IResult> Revoke(HttpContext context, RevokeLeasesHandler leases, CancellationToken cancel) =>
        (await leases.HandleAsync(RestCaller.Of(context), cancel)).Answered(count => new RevokedLeases(count));
}
