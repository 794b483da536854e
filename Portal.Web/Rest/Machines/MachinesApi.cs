using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Machines;

/// <summary>Machines.</summary>
public static class MachinesApi
{
    private static readonly (string, string)[] Sortable = [("name", "name"), ("host", "host"), ("state", "state"),
        ("registeredAt", "registered_at")];

    /// <summary>Maps the routes.</summary>
    public static void MapMachines(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/machines").WithTags("Machines");
        group.MapGet("", List).WithSummary("The machines of a project.").WithName("listMachines").Produces<Page<MachineBody>>();
        group.MapPost("", Register).WithSummary("Register a machine.").WithName("registerMachine")
            .WithDescription("Then look at its host keys, confirm them, make a key and test it.")
            .Produces<MachineBody>(StatusCodes.Status201Created);
        group.MapGet("/{id}", Show).WithSummary("One machine.").WithName("showMachine").Produces<MachineBody>();
        group.MapPut("/{id}", Change).WithSummary("Change what is known about a machine.").WithName("changeMachine")
            .WithDescription("All of it is replaced. Another host, port or jump host asks for its host key to be confirmed anew.")
            .Produces<MachineBody>();
        group.MapDelete("/{id}", Retire).WithSummary("Take a machine out of use; its history stays.").WithName("retireMachine")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] ListRequest request, ListMachinesHandler machines,
        [Description("Only the one of this name.")] string? name, [Description("Only those in this state.")] MachineState? state,
        CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var query = Paging.Query(request, Sortable, false, Paging.Where("name", name), Paging.Where("state", state?.ToString()));
        return query.Ok
            ? Paging.Answer(context, await machines.HandleAsync(caller, caller.ProjectOr(request.Project), query.Value, cancel),
                MachineBody.Of)
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Register(HttpContext context, NewMachine body, RegisterMachineHandler machines,
        ShowMachineHandler shown, IChance chance, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var id = RestCaller.NewId(context, body.Id, chance);
        var registered = await machines.HandleAsync(caller, new(id, caller.ProjectOr(body.Project), body.ToSettings()), cancel);
        if (!registered.Ok) return Refusals.Refuse(registered.Problems);
        return (await shown.HandleAsync(caller, id, cancel))
            .Answered(view => (IResult)TypedResults.Created($"/api/v1/machines/{id}", MachineBody.Of(view)));
    }

    private static async Task<IResult> Show(HttpContext context, Id<Machine> id, ShowMachineHandler machines,
        CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(MachineBody.Of);

    private static async Task<IResult> Change(HttpContext context, Id<Machine> id, MachineInput body,
        ChangeMachineHandler machines, ShowMachineHandler shown, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var changed = await machines.HandleAsync(caller, new(id, body.ToSettings()), cancel);
        return changed.Ok ? (await shown.HandleAsync(caller, id, cancel))
            .Answered(MachineBody.Of) : Refusals.Refuse(changed.Problems);
    }

    private static async Task<IResult> Retire(HttpContext context, Id<Machine> id, RetireMachineHandler machines,
        CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), new(id), cancel)).Answered(_ => (IResult)TypedResults.NoContent());
}
