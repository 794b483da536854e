using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Machines;

/// <summary>The host keys that answer at a machine's address now.</summary>
public sealed record HostKeysBody(IReadOnlyList<HostKey> Keys);

/// <summary>Host keys that a person compared with what the machine's operators publish.</summary>
public sealed record ConfirmedHostKeys(
    [property: Description("One or more, as `ssh-keygen -l` prints them: SHA256:…")] IReadOnlyList<string> Fingerprints);

/// <summary>Host keys: looked at, confirmed, pinned.</summary>
public static class HostKeysApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapHostKeys(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/machines/{id}/host-keys").WithTags("Machines");
        group.MapGet("", Scan).WithSummary("Ask the machine for its host keys.").WithName("scanHostKeys").Produces<HostKeysBody>()
            .WithDescription("Pins nothing. Compare the fingerprints with what the machine's operators publish.");
        group.MapPut("", Pin).WithSummary("Confirm host keys by their fingerprints.").WithName("pinHostKeys").Produces<MachineBody>()
            .WithDescription("From then on nothing else is spoken to under this name; a change stops everything for the machine.");
    }

    private static async Task<IResult> Scan(HttpContext context, Id<Machine> id, ScanHostKeysHandler machines, CancellationToken cancel) =>
        (await machines.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(keys => new HostKeysBody(keys));

    private static async Task<IResult> Pin(HttpContext context, Id<Machine> id, ConfirmedHostKeys body, PinHostKeysHandler machines,
        ShowMachineHandler shown, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var pinned = await machines.HandleAsync(caller, new(id, body.Fingerprints), cancel);
        return pinned.Ok ? (await shown.HandleAsync(caller, id, cancel)).Answered(MachineBody.Of) : Refusals.Refuse(pinned.Problems);
    }
}
