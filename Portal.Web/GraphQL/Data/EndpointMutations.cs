using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Web.GraphQL.Data;

/// <summary>Registers an endpoint.</summary>
/// <param name="Name">What workflows call it: <c>endpoint://NAME/path</c>. Lower-case letters, digits and dashes.</param>
/// <param name="Url">Scheme, host, port and base folder, as <c>ftp://data.example.org/study</c>; no user, no password.</param>
/// <param name="UserName">Login name, if it takes one.</param>
/// <param name="Password">Password; sealed, and shown to nobody. To be sent as a variable.</param>
/// <param name="HostKey">For sftp the fingerprint of the server's key, <c>SHA256:…</c> as <c>ssh-keygen -lf</c> prints
/// it.</param>
/// <param name="Project">Where it belongs; the caller's personal project when left out.</param>
/// <param name="ClientMutationKey">A repeat with the same key is the same endpoint.</param>
public sealed record RegisterEndpointInput(string Name, string Url, string? UserName = null,
    [Secret] string? Password = null, string? HostKey = null, [Id("Project")] Id<Project>? Project = null,
    Guid? ClientMutationKey = null);

/// <summary>Changes where an endpoint is, and how it is logged in to. Its name stays.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="Url">Scheme, host, port and base folder.</param>
/// <param name="UserName">Login name; left out, it takes none.</param>
/// <param name="Password">Password; left out, the one there is stays. To be sent as a variable.</param>
/// <param name="HostKey">For sftp the fingerprint of the server's key.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ChangeEndpointInput([Id("Endpoint")] Id<Endpoint> Id, string Url, string? UserName = null,
    [Secret] string? Password = null, string? HostKey = null, Guid? ClientMutationKey = null);

/// <summary>Takes an endpoint away.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RemoveEndpointInput([Id("Endpoint")] Id<Endpoint> Id, Guid? ClientMutationKey = null);

/// <summary>What is done with places with data.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class EndpointMutations
{
    /// <summary>Registers an endpoint.</summary>
    public static Task<MutationResult<EndpointNode>> RegisterEndpointAsync(RegisterEndpointInput input, [Caller] Caller caller,
        KeepEndpointHandler endpoints, ShowEndpointHandler shown, IChance chance, CancellationToken cancel) =>
        caller.MakeOnceAsync<Endpoint, Endpoint, EndpointNode>(input.ClientMutationKey, chance,
            id => endpoints.HandleAsync(caller, new(id, caller.ProjectOr(input.Project), input.Name, input.Url, input.UserName,
                input.Password, input.HostKey), cancel),
            id => EndpointNode.FindAsync(id, caller, shown, cancel));

    /// <summary>Changes an endpoint.</summary>
    public static Task<MutationResult<EndpointNode>> ChangeEndpointAsync(ChangeEndpointInput input, [Caller] Caller caller,
        KeepEndpointHandler endpoints, ShowEndpointHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeEndpoint {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey, async () =>
        {
            var found = await shown.HandleAsync(caller, input.Id, cancel);
            return found.Ok
                ? await endpoints.HandleAsync(keyed, new(input.Id, found.Value.Project, found.Value.Name, input.Url,
                    input.UserName, input.Password, input.HostKey), cancel)
                : Result.Refused<Endpoint>(found.Problems);
        }, () => EndpointNode.FindAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>Takes an endpoint away, its password with it.</summary>
    [Payload("removedId"), Id("Endpoint")]
    public static async Task<MutationResult<Id<Endpoint>>> RemoveEndpointAsync(RemoveEndpointInput input, [Caller] Caller caller,
        RemoveEndpointHandler endpoints, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"removeEndpoint {input.Id}", input.ClientMutationKey);
        var removed = await endpoints.HandleAsync(keyed, input.Id, cancel);
        return removed.Ok ? input.Id : Refused.Of<Id<Endpoint>>(removed.Problems);
    }
}
