using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Data;

/// <summary>An endpoint as lists and runs see it.</summary>
public sealed record EndpointView(
    Id<Endpoint> Id, Id<Project> Project, string Name, string Url, string? UserName, DateTimeOffset RegisteredAt, string? HostKey = null);

/// <summary>Keeps <see cref="EndpointView"/> in the appending transaction; a removed endpoint has no row.</summary>
public sealed class EndpointViewProjection : Projection<EndpointView>
{
    /// <inheritdoc/>
    public override DocumentTable<EndpointView> Table { get; } = new(
        "endpoints", endpoint => endpoint.Id.ToString(),
        [
            new("project", "text", endpoint => endpoint.Project.ToString()),
            new("name", "text", endpoint => endpoint.Name),
            new("url", "text", endpoint => endpoint.Url),
        ],
        ["unique:project, name"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(EndpointRegistered), typeof(EndpointChanged), typeof(EndpointRemoved)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<EndpointView> documents, CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case EndpointRegistered registered:
                documents.Put(new(registered.EndpointId, registered.ProjectId, registered.Name, registered.Url, registered.UserName,
                    recorded.Time, registered.HostKey));
                break;
            case EndpointChanged changed when await documents.FindAsync(changed.EndpointId.ToString(), cancel) is { } view:
                documents.Put(view with { Url = changed.Url, UserName = changed.UserName, HostKey = changed.HostKey });
                break;
            case EndpointRemoved removed:
                documents.Remove(removed.EndpointId.ToString());
                break;
        }
    }
}
