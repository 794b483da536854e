using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Where a run is taken away from. It takes the permission to read the events of its project.</summary>
/// <param name="run">The run.</param>
[ObjectType("RunExport")]
public sealed class RunExportNode(Id<Run> run)
{
    /// <summary>Path on this server from which a program takes it as an RO-Crate with its access token (REST); with
    /// <c>?results=true</c> results stand in it.</summary>
    public string CratePath => $"/api/v1/runs/{run}/crate.zip";

    /// <summary>The same as W3C PROV-JSON.</summary>
    public string ProvPath => $"/api/v1/runs/{run}/prov.json";

    /// <summary>The same as events with the proof that they are sealed.</summary>
    public string ProofPath => $"/api/v1/runs/{run}/proof.json";

    /// <summary>Path on this server at which a signed-in browser takes it as an RO-Crate.</summary>
    public string PagePath => $"/runs/{run}/crate.zip";
}

/// <summary>Taking runs away.</summary>
[ObjectType<RunNode>]
public static class RunExportFields
{
    /// <summary>Where it is taken away from.</summary>
    public static RunExportNode GetExport([Parent] RunNode run) => new(run.Id);
}
