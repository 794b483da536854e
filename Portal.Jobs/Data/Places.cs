using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;

namespace Portal.Jobs.Data;

/// <summary>Opens the places that a project's workflows name: registered endpoints with their password, other addresses without.</summary>
public sealed class Places(IDocuments documents, IEndpointPasswords passwords, IEndpoints endpoints)
{
    /// <summary>The place, and the path there.</summary>
    /// <exception cref="PlaceException">The endpoint is not registered, or its address cannot be used.</exception>
    public async Task<(IFiles Files, string Path)> OpenAsync(Id<Project> project, Location location, CancellationToken cancel)
    {
        if (!location.IsEndpoint)
        {
            if (location.Scheme == "sftp")
            {
                throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                    $"{location.Host} can only be spoken to with a login and a confirmed host key.", location.ToString(),
                    "Register it as an endpoint, and let the workflow name that."));
            }
            var address = new EndpointAddress(location.Scheme, location.Host.Trim('[', ']'), location.Port,
                Query: location.Query ?? "");
            return (endpoints.Open(address, null), location.Path);
        }
        var found = await documents.QueryAsync<EndpointView>(new(
            [new("project", Comparison.Equal, project.ToString()), new("name", Comparison.Equal, location.Host)], Limit: 1), cancel);
        if (found.Items is not [var endpoint])
        {
            throw new PlaceException(FaultKind.Blocking, new(FailureName.InvalidDescription,
                $"The project has no endpoint called {location.Host} any more.", location.ToString(), "Register it again under Data."));
        }
        var url = new Uri(endpoint.Url);
        var secret = endpoint.UserName is null
            ? null
            : new EndpointSecret(endpoint.UserName, await passwords.FindAsync(endpoint.Id, cancel) ?? "");
        var registered = new EndpointAddress(url.Scheme, url.Host.Trim('[', ']'), url.IsDefaultPort ? null : url.Port,
            Uri.UnescapeDataString(url.AbsolutePath.Trim('/')), endpoint.HostKey);
        return (endpoints.Open(registered, secret), location.Path);
    }
}
