using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.AccessTokens;

/// <summary>A program without a browser that asks for an access token (RFC 8628).</summary>
/// <param name="request">What it asks.</param>
[ObjectType("DeviceRequest")]
public sealed class DeviceRequestNode(DeviceRequest request)
{
    /// <summary>The code that it shows, to be compared.</summary>
    public string Code => request.ShownCode;

    /// <summary>What it calls itself. Nobody has checked that.</summary>
    public string Client => request.Client;

    /// <summary>What it wants to do.</summary>
    public IReadOnlyList<Scope> Scopes => request.Scopes;

    /// <summary>What for, in its own words.</summary>
    public string? Reason => request.Reason;

    /// <summary>Where it asked from.</summary>
    public string? Address => request.Address;

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt => request.Asked;

    /// <summary>Until when it can be answered.</summary>
    public DateTimeOffset Until => request.Until;

    internal Id<Domain.Projects.Project>? Project => request.Project;
}

/// <summary>What more a request tells.</summary>
[ObjectType<DeviceRequestNode>]
public static class DeviceRequestProject
{
    /// <summary>The only project that it asks for; null for all.</summary>
    public static async Task<ProjectNode?> GetProjectAsync([Parent] DeviceRequestNode request, ProjectLoader projects) =>
        request.Project is { } project ? await projects.LoadAsync(project) : null;
}

/// <summary>Finds programs that ask.</summary>
[QueryType]
public static class DeviceQueries
{
    /// <summary>The program that shows this code; null for access tokens, and when no program waits with it.</summary>
    public static async Task<DeviceRequestNode?> GetDeviceRequestAsync(
        string code, [Caller] Caller caller, OpenDeviceHandler devices, CancellationToken cancel) =>
        (await devices.HandleAsync(caller, code, cancel)).OrNull() is { } found ? new(found.Request) : null;
}

/// <summary>Says yes to a program that asks for an access token, to all of it or to less.</summary>
/// <param name="Code">The code that it shows.</param>
/// <param name="Scopes">What it gets of what it asks for; left out, all of it.</param>
/// <param name="Project">The only project that shall exist for it; left out, what it asks for.</param>
/// <param name="Addresses">Ranges of addresses that its token is good from; left out, everywhere.</param>
/// <param name="Days">How many days its token shall live; left out, what it asks for.</param>
/// <param name="ClientMutationKey">A repeat is refused: the program has its answer.</param>
public sealed record AllowDeviceInput(string Code, IReadOnlyList<Scope>? Scopes = null, [Id("Project")] Id<Project>? Project = null,
    IReadOnlyList<string>? Addresses = null, int? Days = null, Guid? ClientMutationKey = null);

/// <summary>Says no to a program that asks for an access token.</summary>
/// <param name="Code">The code that it shows.</param>
/// <param name="ClientMutationKey">A repeat is refused: the program has its answer.</param>
public sealed record DenyDeviceInput(string Code, Guid? ClientMutationKey = null);

/// <summary>What is answered to programs that ask.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class DeviceMutations
{
    /// <summary>Says yes, in person. The program fetches its token with its next question.</summary>
    [Payload("tokenId"), Id("AccessToken")]
    public static async Task<MutationResult<Id<AccessToken>>> AllowDeviceAsync(AllowDeviceInput input, [Caller] Caller caller,
        OpenDeviceHandler open, AnswerDeviceHandler devices, [Service] TokenRules rules, CancellationToken cancel)
    {
        var found = await open.HandleAsync(caller, input.Code, cancel);
        if (!found.Ok) return Refused.Of<Id<AccessToken>>(found.Problems);
        var asked = found.Value.Request;
        var terms = rules.Terms(asked.Client, input.Scopes ?? asked.Scopes, input.Project ?? asked.Project, input.Addresses,
            input.Days ?? asked.Days);
        var allowed = await devices.AllowAsync(caller, new(input.Code, terms), cancel);
        return allowed.Ok ? allowed.Value.Id : Refused.Of<Id<AccessToken>>(allowed.Problems);
    }

    /// <summary>Says no, in person. The program is told with its next question.</summary>
    [Payload("deniedId"), Id("AccessToken")]
    public static async Task<MutationResult<Id<AccessToken>>> DenyDeviceAsync(
        DenyDeviceInput input, [Caller] Caller caller, AnswerDeviceHandler devices, CancellationToken cancel)
    {
        var denied = await devices.DenyAsync(caller, input.Code, cancel);
        return denied.Ok ? denied.Value.Id : Refused.Of<Id<AccessToken>>(denied.Problems);
    }
}
