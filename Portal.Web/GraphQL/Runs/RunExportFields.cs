using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Where a run is taken away from. It takes the permission to read the events of its project.</summary>
/// <param name="run">The run.</param>
[ObjectType("RunExport")]
public sealed class RunExportNode(Id<Run> run)
{
    /// <summary>The run.</summary>
    internal Id<Run> Run => run;

    /// <summary>The same as W3C PROV-JSON.</summary>
    public string ProvPath => $"/api/v1/runs/{run}/prov.json";
}

/// <summary>Taking runs away.</summary>
[ObjectType<RunNode>]
public static class RunExportFields
{
    /// <summary>Where it is taken away from.</summary>
    public static RunExportNode GetExport([Parent] RunNode run) => new(run.Id);
}

/// <summary>Where a run is taken away from, with what in it.</summary>
[ObjectType<RunExportNode>]
public static class RunExportPaths
{
    /// <summary>Path on this server from which a program takes it as an RO-Crate with its access token (REST).</summary>
    /// <param name="export">The run.</param>
    /// <param name="results">Whether results of up to 256 MiB stand in it.</param>
    /// <param name="related">Whether events elsewhere that the run led to, or that name it, stand in it.</param>
    public static string GetCratePath([Parent] RunExportNode export, bool results = false, bool related = false) =>
        $"/api/v1/runs/{export.Run}/crate.zip{Query(("results", results, "true"), ("related", related, "true"))}";

    /// <summary>The same as events with the proof that they are sealed.</summary>
    /// <param name="export">The run.</param>
    /// <param name="related">Whether events elsewhere that the run led to, or that name it, stand in it.</param>
    public static string GetProofPath([Parent] RunExportNode export, bool related = false) =>
        $"/api/v1/runs/{export.Run}/proof.json{Query(("related", related, "true"))}";

    /// <summary>Path on this server at which a signed-in browser takes it as an RO-Crate.</summary>
    /// <param name="export">The run.</param>
    /// <param name="results">Whether results of up to 256 MiB stand in it.</param>
    /// <param name="related">Whether events elsewhere that the run led to, or that name it, stand in it.</param>
    public static string GetPagePath([Parent] RunExportNode export, bool results = false, bool related = false) =>
        $"/runs/{export.Run}/crate.zip{Query(("results", results, "1"), ("related", related, "1"))}";

    private static string Query(params IEnumerable<(string Name, bool Wanted, string Value)> some) =>
        string.Join('&', some.Where(one => one.Wanted).Select(one => $"{one.Name}={one.Value}")) is { Length: > 0 } query
            ? $"?{query}" : "";
}
