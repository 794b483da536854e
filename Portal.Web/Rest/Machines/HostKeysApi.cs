using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Machines;

/// <summary>The host keys that answer on the way to a machine now.</summary>
public sealed record HostKeysBody(
    [property: Description("The machine's own; none when it could not be seen yet.")] IReadOnlyList<HostKey> Keys,
    [property: Description("Those of the jump hosts, nearest first, as far as they could be seen.")]
    IReadOnlyList<JumpHostKeys> JumpHosts,
    [property: Description("Why nothing further could be seen; left out when all was.")] HostKeysUnseen? Stopped)
{
    /// <summary>The keys as they are shown.</summary>
    public static HostKeysBody Of(SeenHostKeys seen) => new(seen.Keys, seen.JumpHosts,
        seen.Stopped is { } stopped ? new(stopped.Code, stopped.Message, stopped.Advice) : null);
}

/// <summary>Why nothing further could be seen.</summary>
public sealed record HostKeysUnseen(
    [property: Description("`CONFIRM_FIRST`, `TOKEN_NEEDED`, `LOGIN_REFUSED`, `ADDRESS_REFUSED` or `MACHINE_UNREACHABLE`.")]
    string Code, string Message, string? Advice);

/// <summary>A look behind jump hosts.</summary>
public sealed record HostKeyLook(
    [property: Description("Your security token: your key logs in to the jump hosts. It is used at once and not kept.")]
    string SecurityToken);

/// <summary>Host keys that a person compared with what the machine's operators publish.</summary>
public sealed record ConfirmedHostKeys(
    [property: Description("One or more, as `ssh-keygen -l` prints them: SHA256:…")] IReadOnlyList<string> Fingerprints,
    [property: Description("Your security token, where some of them are behind a jump host. It is used at once and not kept.")]
    string? SecurityToken = null);

/// <summary>Host keys: looked at, confirmed, pinned.</summary>
public static class HostKeysApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapHostKeys(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/machines/{id}/host-keys").WithTags("Machines");
        group.MapGet("", Scan).WithSummary("Ask the machine for its host keys.").WithName("scanHostKeys").Produces<HostKeysBody>()
            .WithDescription("Pins nothing. Compare the fingerprints with what the machine's operators publish. Of what lies "
                + "behind a jump host nothing is asked.");
        group.MapPost("/scan", Look).WithSummary("Ask the machine behind its jump hosts.").WithName("scanHostKeysBehind")
            .Produces<HostKeysBody>()
            .WithDescription("Pins nothing. Your key logs in to each jump host whose host key is confirmed.");
        group.MapPut("", Pin).WithSummary("Confirm host keys by their fingerprints.").WithName("pinHostKeys")
            .Produces<MachineBody>()
            .WithDescription(
                "From then on nothing else is spoken to under this name; a change stops everything for the machine.");
    }

    private static async Task<IResult> Scan(HttpContext context, Id<Machine> id, ScanHostKeysHandler machines,
        CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), new(id), cancel)).Answered(HostKeysBody.Of);

    private static async Task<IResult> Look(
        HttpContext context, Id<Machine> id, HostKeyLook body, ScanHostKeysHandler machines, CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), new(id, body.SecurityToken), cancel)).Answered(HostKeysBody.Of);

    private static async Task<IResult> Pin(HttpContext context, Id<Machine> id, ConfirmedHostKeys body,
        PinHostKeysHandler machines, ShowMachineHandler shown, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var pinned = await machines.HandleAsync(caller, new(id, body.Fingerprints, body.SecurityToken), cancel);
        return pinned.Ok ? (await shown.HandleAsync(caller, id, cancel))
            .Answered(MachineBody.Of) : Refusals.Refuse(pinned.Problems);
    }
}
