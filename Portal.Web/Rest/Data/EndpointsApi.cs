using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.Web.Rest.Common;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Web.Rest.Data;

/// <summary>An endpoint to be registered or changed.</summary>
public sealed record EndpointInput(
    [property: Description("What workflows call it: endpoint://NAME/path. Lower-case letters, digits and dashes.")] string Name,
    [property: Description("Scheme, host, port and base folder, for example ftp://data.example.org/study; no user, no password.")]
    string Url,
    [property: Description("Login name, if it takes one.")] string? UserName = null,
    [property: Description("Password; sealed, and shown to nobody. Left out, the one there is stays.")] string? Password = null,
    [property: Description("For sftp the fingerprint of the server's key: SHA256:… as ssh-keygen -lf prints it.")]
    string? HostKey = null,
    [property: Description("Its id, if you want to choose it.")] Id<Endpoint>? Id = null,
    [property: Description("Where it belongs; your personal project when left out.")] Id<Project>? Project = null);

/// <summary>An endpoint; its password is shown to nobody.</summary>
public sealed record EndpointBody(Id<Endpoint> Id, Id<Project> Project, string Name, string Url, string? UserName,
    string? HostKey);

/// <summary>Places with data.</summary>
public static class EndpointsApi
{
    private static readonly (string, string)[] Sortable = [("name", "name"), ("url", "url")];

    /// <summary>Maps the routes.</summary>
    public static void MapEndpoints(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/endpoints").WithTags("Data");
        group.MapGet("", List).WithSummary("The endpoints of a project.").WithName("listEndpoints")
            .Produces<Page<EndpointBody>>();
        group.MapPost("", Add).WithSummary("Register an endpoint.").WithName("addEndpoint")
            .Produces<EndpointBody>(StatusCodes.Status201Created);
        group.MapPut("/{id}", Keep).WithSummary("Register an endpoint under this id, or change the one that has it.")
            .WithName("keepEndpoint")
            .Produces<EndpointBody>();
        group.MapDelete("/{id}", Remove).WithSummary("Take an endpoint away, its password with it.").WithName("removeEndpoint")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] ListRequest request,
        ListEndpointsHandler endpoints,
        [Description("Only the one of this name.")] string? name, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var query = Paging.Query(request, Sortable, false, Paging.Where("name", name));
        return query.Ok
            ? Paging.Answer(context, await endpoints.HandleAsync(caller, caller.ProjectOr(request.Project), query.Value, cancel),
                view => new EndpointBody(view.Id, view.Project, view.Name, view.Url, view.UserName, view.HostKey))
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Add(HttpContext context, EndpointInput body, KeepEndpointHandler endpoints, IChance chance,
        CancellationToken cancel)
    {
        var kept = await KeepAsync(context, RestCaller.NewId(context, body.Id, chance), body, endpoints, cancel);
        return kept.Answered(endpoint => (IResult)TypedResults.Created($"/api/v1/endpoints/{endpoint.Id}", Body(endpoint)));
    }

    private static async Task<IResult> Keep(HttpContext context, Id<Endpoint> id, EndpointInput body,
        KeepEndpointHandler endpoints, CancellationToken cancel) =>
        body.Id is { } other && other != id
            ? Refusals.Refuse([Problem.Invalid("id", "The id in the body is not that of the address.")])
            : (await KeepAsync(context, id, body, endpoints, cancel)).Answered(Body);

    private static Task<Result<Endpoint>> KeepAsync(HttpContext context, Id<Endpoint> id, EndpointInput body,
        KeepEndpointHandler endpoints, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        return endpoints.HandleAsync(caller,
            new(id, caller.ProjectOr(body.Project), body.Name, body.Url, body.UserName, body.Password, body.HostKey), cancel);
    }

    private static EndpointBody Body(Endpoint endpoint) =>
        new(endpoint.Id, endpoint.Project, endpoint.Name, endpoint.Url, endpoint.UserName, endpoint.HostKey);

    private static async Task<IResult> Remove(HttpContext context, Id<Endpoint> id, RemoveEndpointHandler endpoints,
        CancellationToken cancel) =>
        (await endpoints.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(_ => (IResult)TypedResults.NoContent());
}
