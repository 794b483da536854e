using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Workflows;

/// <summary>A description to be added.</summary>
public sealed record WorkflowText(
    [property: Description("The description, YAML.")] string Text,
    [property: Description("Where it belongs; your personal project when left out.")] Id<Project>? Project = null);

/// <summary>A workflow as lists show it.</summary>
public sealed record WorkflowBody(
    Id<Workflow> Id, Id<Project> Project, string Name, string Title, string? Summary, int Version, DateTimeOffset ChangedAt);

/// <summary>A workflow with the text of one of its versions, the newest where none was chosen.</summary>
public sealed record WorkflowWithText(Id<Workflow> Id, Id<Project> Project, string Name, int Version, string Text,
    DateTimeOffset AddedAt);

/// <summary>One immutable revision.</summary>
public sealed record VersionBody(int Number, Id<User> AddedBy, DateTimeOffset AddedAt, string Text);

/// <summary>Workflows.</summary>
public static class WorkflowsApi
{
    private static readonly (string, string)[] Sortable = [("name", "name"), ("title", "title"), ("changedAt", "changed_at")];

    /// <summary>Maps the routes.</summary>
    public static void MapWorkflows(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workflows").WithTags("Workflows");
        group.MapGet("", List).WithSummary("The workflows of a project.").WithName("listWorkflows")
            .Produces<Page<WorkflowBody>>();
        group.MapPost("", Add).WithSummary("Add a workflow, or a new version of the one that has its name.")
            .WithName("addWorkflow")
            .WithDescription("Send the YAML itself with Content-Type: text/yaml, or JSON {\"text\": \"…\"}; at most 1 MiB. The "
                + "same text again changes nothing. What is wrong with it is told by line and column.")
            .Accepts<WorkflowText>("application/json", "text/yaml", "application/yaml", "application/x-yaml", "text/plain")
            .Produces<WorkflowWithText>(StatusCodes.Status201Created);
        group.MapGet("/{id}", Show).WithSummary("One workflow with its newest text.").WithName("showWorkflow")
            .Produces<WorkflowWithText>();
        group.MapGet("/{id}/versions", Versions).WithSummary("Every version of a workflow, oldest first.")
            .WithName("listWorkflowVersions")
            .Produces<Page<VersionBody>>();
        group.MapGet("/{id}/versions/{version:int}", Version).WithSummary("One version of a workflow.")
            .WithName("showWorkflowVersion")
            .Produces<WorkflowWithText>();
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] ListRequest request,
        ListWorkflowsHandler workflows, [Description("Only the one of this name.")] string? name, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var query = Paging.Query(request, Sortable, false, Paging.Where("name", name));
        return query.Ok
            ? Paging.Answer(context, await workflows.HandleAsync(caller, caller.ProjectOr(request.Project), query.Value, cancel),
                view => new WorkflowBody(view.Id, view.Project, view.Name, view.Title, view.Summary, view.Version,
                    view.ChangedAt))
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Add(HttpContext context, AddWorkflowHandler workflows, IOptions<JsonOptions> json,
        [Description("Where it belongs, for a body that is not JSON.")] Id<Project>? project, CancellationToken cancel)
    {
        var given = await ReadAsync(context.Request, project, json.Value.SerializerOptions, cancel);
        if (!given.Ok) return Refusals.Refuse(given.Problems);
        var caller = RestCaller.Of(context);
        var added = await workflows.HandleAsync(caller, new(caller.ProjectOr(given.Value.Project), given.Value.Text), cancel);
        return added.Answered(workflow =>
            (IResult)TypedResults.Created($"/api/v1/workflows/{workflow.Id}", Body(workflow, workflow.Versions[^1])));
    }

    private static async Task<IResult> Show(HttpContext context, Id<Workflow> id, ShowWorkflowHandler workflows,
        CancellationToken cancel) =>
        (await workflows.HandleAsync(RestCaller.Of(context), id, cancel))
            .Answered(workflow => Body(workflow, workflow.Versions[^1]));

    private static async Task<IResult> Versions(HttpContext context, Id<Workflow> id, ShowWorkflowHandler workflows,
        CancellationToken cancel) =>
        (await workflows.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(workflow => new Page<VersionBody>(
            [.. workflow.Versions.Select(version =>
                new VersionBody(version.Number, version.AddedBy, version.AddedAt, version.Text))], null));

    private static async Task<IResult> Version(HttpContext context, Id<Workflow> id, int version, ShowWorkflowHandler workflows,
        CancellationToken cancel) =>
        (await workflows.HandleAsync(RestCaller.Of(context), id, cancel)).Then<WorkflowWithText>(workflow =>
            workflow.Versions.FirstOrDefault(candidate => candidate.Number == version) is { } found
                ? Body(workflow, found)
                : Problem.NotFound("version of this workflow")).Answered(body => body);

    private static WorkflowWithText Body(Workflow workflow, WorkflowVersion version) =>
        new(workflow.Id, workflow.Project, workflow.Name, version.Number, version.Text, version.AddedAt);

    // The server's limit on bodies holds while this reads: what is too long ends it at once.
    private static async Task<Result<WorkflowText>> ReadAsync(HttpRequest request, Id<Project>? project,
        JsonSerializerOptions json, CancellationToken cancel)
    {
        if (request.HasJsonContentType())
        {
            try
            {
                return await request.ReadFromJsonAsync<WorkflowText>(json, cancel) is { } body
                    ? body
                    : Problem.Invalid("text", "A description is needed.");
            }
            catch (JsonException error)
            {
                throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, error);
            }
        }
        try
        {
            using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return new WorkflowText(await reader.ReadToEndAsync(cancel), project);
        }
        catch (DecoderFallbackException)
        {
            return Problem.Invalid("text", "The description is not UTF-8.", "Save it as UTF-8 and send it again.");
        }
    }
}
