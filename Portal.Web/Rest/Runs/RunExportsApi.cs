using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Runs.Crates;
using Portal.Web.Rest.Common;
using Portal.Web.RunFiles;

namespace Portal.Web.Rest.Runs;

/// <summary>A run to take away.</summary>
public static class RunExportsApi
{
    private const string Related =
        "Whether events elsewhere that the run led to, or that name it, stand in it, as far as you may read them.";

    /// <summary>Maps the routes.</summary>
    public static void MapRunExports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs/{id}").WithTags("Runs");
        group.MapGet("/crate.zip", Crate).WithSummary("The run as an RO-Crate that verifies offline.").WithName("exportCrate")
            .WithDescription("Workflow Run Crate 0.5 (Process, Workflow and Provenance), with the run's events to the letter, "
                + "their inclusion proofs, seals and public keys. `portal audit verify FILE` checks it. That it was taken "
                + "is an event.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip");
        group.MapGet("/prov.json", Prov).WithSummary("The run as W3C PROV-JSON.").WithName("exportProv")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        group.MapGet("/proof.json", Proof).WithSummary("The run's events with the proof that they are sealed.")
            .WithName("exportProof").Produces(StatusCodes.Status200OK, contentType: "application/json");
    }

    private static async Task<IResult> Crate(HttpContext context, Id<Run> id, ExportRunHandler export, CrateWriter crates,
        [Description("Whether results of up to 256 MiB stand in it; else it refers to them.")] bool? results,
        [Description(Related)] bool? related, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var draft = await export.BeginAsync(caller, id, related == true, cancel);
        if (!draft.Ok) return Refusals.Refuse(draft.Problems);
        await crates.SendAsync(context, caller, draft.Value, results == true);
        return TypedResults.Empty;
    }

    private static async Task<IResult> Prov(
        HttpContext context, Id<Run> id, ExportRunHandler export, CancellationToken cancel) =>
        (await export.ProvAsync(RestCaller.Of(context), id, cancel)).Answered(File);

    private static async Task<IResult> Proof(
        HttpContext context, Id<Run> id, ExportRunHandler export, [Description(Related)] bool? related,
        CancellationToken cancel) =>
        (await export.ProofAsync(RestCaller.Of(context), id, related == true, cancel)).Answered(File);

    private static IResult File(byte[] bytes) => TypedResults.Bytes(bytes, "application/json");
}
