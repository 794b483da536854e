using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Machines;

/// <summary>Machines that several projects use.</summary>
public static class MachineSharesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapMachineShares(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/machines/{id}/projects/{project}").WithTags("Machines");
        group.MapPut("", Share).WithSummary("Share a machine with another project; who keeps machines in both may.")
            .WithName("shareMachine").Produces<MachineBody>()
            .WithDescription("Its members send runs there with keys of their own. "
                + "Settings and host keys stay with the machine's own project.");
        group.MapDelete("", Unshare).WithSummary("End that; who keeps machines in either project may.").WithName("unshareMachine")
            .WithDescription("The other project's runs there go no further: the keys that they were lent are deleted.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Share(HttpContext context, Id<Machine> id, Id<Project> project,
        ShareMachineHandler machines,
        ShowMachineHandler shown, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var shared = await machines.HandleAsync(caller, new(id, project), cancel);
        return shared.Ok ? (await shown.HandleAsync(caller, id, cancel)).Answered(MachineBody.Of)
            : Refusals.Refuse(shared.Problems);
    }

    private static async Task<IResult> Unshare(HttpContext context, Id<Machine> id, Id<Project> project,
        UnshareMachineHandler machines,
        CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), new(id, project), cancel)).Answered(_ =>
            (IResult)TypedResults.NoContent());
}
