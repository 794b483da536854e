using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Data;

/// <summary>Where the passwords of endpoints stand, sealed under the portal's own key. The portal's side of it is in Jobs.</summary>
public interface IEndpointPasswords
{
    /// <summary>Keeps a password, in place of the one before.</summary>
    Task KeepAsync(Id<Endpoint> endpoint, string password, CancellationToken cancel);

    /// <summary>The password, or null when there is none.</summary>
    Task<string?> FindAsync(Id<Endpoint> endpoint, CancellationToken cancel);

    /// <summary>Deletes it.</summary>
    Task ForgetAsync(Id<Endpoint> endpoint, CancellationToken cancel);
}

/// <summary>Registers an endpoint, or changes the one that has this id.</summary>
/// <param name="Id">Chosen by the client, which makes a repeat harmless.</param>
/// <param name="Project">Where it belongs.</param>
/// <param name="Name">What workflows call it; stays as it was first given.</param>
/// <param name="Url">Its address.</param>
/// <param name="UserName">Login name, if it takes one.</param>
/// <param name="Password">Password; null keeps the one there is.</param>
/// <param name="HostKey">For SFTP the fingerprint of the server's key, <c>SHA256:…</c>.</param>
public sealed record KeepEndpoint(
    Id<Endpoint> Id, Id<Project> Project, string Name, string Url, string? UserName, string? Password, string? HostKey = null)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Endpoint state, KeepEndpoint command)
    {
        var problems = Endpoint.Check(command.Name, command.Url, command.UserName, command.HostKey);
        if (problems.Count > 0) return Result.Refused<IReadOnlyList<object>>(problems);
        if (state.Id == default)
        {
            return new object[]
            {
                new EndpointRegistered(command.Id, command.Project, command.Name, command.Url, command.UserName, command.HostKey),
            };
        }
        if (state.Removed || state.Project != command.Project) return Problem.NotFound("endpoint");
        return (state.Url, state.UserName, state.HostKey) == (command.Url, command.UserName, command.HostKey)
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new EndpointChanged(command.Id, command.Url, command.UserName, command.HostKey) };
    }
}

/// <summary>Handles <see cref="KeepEndpoint"/>: keepers of contents may.</summary>
public sealed class KeepEndpointHandler(Ledger ledger, Access access, IDocuments documents, IEndpointPasswords passwords)
{
    /// <summary>Seals the password first, so that no run meets an endpoint without it.</summary>
    public async Task<Result<Endpoint>> HandleAsync(Caller caller, KeepEndpoint command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.KeepEndpoint, "project", cancel) is { } refusal) return refusal;
        var state = (await ledger.LoadAsync<Endpoint>(command.Id.Value, cancel)).State;
        var decided = KeepEndpoint.Decide(state, command);
        if (!decided.Ok) return Result.Refused<Endpoint>(decided.Problems);
        if (await TakenAsync(command, cancel) is { } taken) return taken;
        if (command.Password is not null) await passwords.KeepAsync(command.Id, command.Password, cancel);
        var kept = await ledger.ChangeAsync<Endpoint>(caller, command.Id.Value, now => KeepEndpoint.Decide(now, command), cancel);
        // Somebody may have taken the name at the same moment: then there is no such endpoint, and no password of it.
        if (kept.Ok || await TakenAsync(command, cancel) is not { } late) return kept;
        await passwords.ForgetAsync(command.Id, cancel);
        return late;
    }

    private async Task<Problem?> TakenAsync(KeepEndpoint command, CancellationToken cancel)
    {
        var same = await documents.QueryAsync<EndpointView>(new(
            [new("project", Comparison.Equal, command.Project.ToString()), new("name", Comparison.Equal, command.Name)], Limit: 1), cancel);
        return same.Items.Any(endpoint => endpoint.Id != command.Id)
            ? new("NAME_TAKEN", $"The project has an endpoint called {command.Name} already.", "name", Advice: "Choose another name.")
            : null;
    }
}

/// <summary>Takes an endpoint away, and deletes its password.</summary>
public sealed class RemoveEndpointHandler(Ledger ledger, Access access, IDocuments documents, IEndpointPasswords passwords)
    : IPersonErased
{
    /// <summary>Removes it; keepers of contents may. Asking twice changes nothing.</summary>
    public async Task<Result<Endpoint>> HandleAsync(Caller caller, Id<Endpoint> id, CancellationToken cancel)
    {
        var endpoint = (await ledger.LoadAsync<Endpoint>(id.Value, cancel)).State;
        if (endpoint.Id == default) return Problem.NotFound("endpoint");
        if (await access.RefusalAsync(caller, endpoint.Project, Operation.RemoveEndpoint, "endpoint", cancel) is { } refusal)
            return refusal;
        return await RemoveAsync(caller, id, cancel);
    }

    /// <summary>Takes away those of the person's own project: nobody else knows their passwords, or has use for them.</summary>
    public async Task<Problem?> ErasedAsync(Caller caller, Id<User> person)
    {
        // Each that is removed leaves the list. The personal project bears its owner's id.
        while ((await documents.QueryAsync<EndpointView>(new(
            [new("project", Comparison.Equal, new Id<Project>(person.Value).ToString())], Limit: 200), CancellationToken.None)).Items
            is { Count: > 0 } found)
            foreach (var endpoint in found)
                if (await RemoveAsync(caller, endpoint.Id, CancellationToken.None) is { Ok: false } refused) return refused.Problems[0];
        return null;
    }

    private async Task<Result<Endpoint>> RemoveAsync(Caller caller, Id<Endpoint> id, CancellationToken cancel)
    {
        var removed = await ledger.ChangeAsync<Endpoint>(caller, id.Value, state => state.Removed
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new EndpointRemoved(id) }, cancel);
        if (removed.Ok) await passwords.ForgetAsync(id, cancel);
        return removed;
    }
}

/// <summary>Shows one endpoint.</summary>
public sealed class ShowEndpointHandler(IDocuments documents, Access access)
{
    /// <summary>The endpoint, or NOT_FOUND.</summary>
    public async Task<Result<EndpointView>> HandleAsync(Caller caller, Id<Endpoint> id, CancellationToken cancel)
    {
        if (await documents.FindAsync<EndpointView>(id.ToString(), cancel) is not { } view) return Problem.NotFound("endpoint");
        return await access.RefusalAsync(caller, view.Project, Operation.ShowEndpoints, "endpoint", cancel) is { } refusal
            ? refusal
            : view;
    }
}

/// <summary>Lists the endpoints of a project.</summary>
public sealed class ListEndpointsHandler(IDocuments documents, Access access)
{
    /// <summary>A page; the columns are <c>name</c> and <c>url</c>.</summary>
    public Task<Result<DocumentPage<EndpointView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel) =>
        ProjectLists.PageAsync<EndpointView>(documents, access, caller, project, Operation.ShowEndpoints, query, cancel);
}
