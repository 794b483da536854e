using System.Text.Json;
using System.Text.Json.Nodes;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>Describes a run as an RO-Crate 1.1 with the profiles of Workflow Run Crate 0.5: Process, Workflow and Provenance. The
/// words are those of schema.org, Bioschemas and the profiles' own
/// (https://www.researchobject.org/workflow-run-crate/).</summary>
public static class CrateMetadata
{
    /// <summary>Where the description of a crate stands in it.</summary>
    public const string File = "ro-crate-metadata.json";

    private const string WorkflowCrate = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";
    private const string Licence = "#licence";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string Id, string Name, string Version)[] Profiles =
    [
        ("https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"),
        ("https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"),
        ("https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"),
        (WorkflowCrate, "Workflow RO-Crate", "1.0"),
    ];

    // What stands in a crate beside the workflow and results.
    private static readonly Dictionary<string, (string Name, string Format)> Parts = new()
    {
        [CrateParts.Events] = ("The run's events, one a line, to the letter", "application/jsonl"),
        [CrateParts.Prov] = ("The run as W3C PROV-JSON", "application/json"),
        [CrateParts.Keys] = ("Public keys of the portal's seals", "application/x-pem-file"),
        [CrateParts.Manifest] = ("SHA-256 of every file, for sha256sum -c", "text/plain"),
        [CrateParts.Proof] = ("Inclusion proofs of the events, and seals", "application/json"),
    };

    /// <summary>The text of <see cref="File"/>, UTF-8.</summary>
    /// <param name="source">The run.</param>
    /// <param name="files">What stands in the crate, results apart, as far as it is known.</param>
    /// <param name="packed">Results that stand in it, by their place in the plan.</param>
    public static byte[] Of(CrateSource source, IReadOnlyList<CrateFile> files, IReadOnlyDictionary<int, CrateFile> packed)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (graph, things) = (new LinkedData(), new LinkedData());
        CrateWorkflow.Add(things, source, files.First(file => file.Path == CrateWorkflow.File));
        foreach (var (path, (name, format)) in Parts)
        {
            var known = files.FirstOrDefault(file => file.Path == path);
            things.Add(path, ["File"], ("name", name), ("encodingFormat", format),
                ("contentSize", known is null ? null : Number(known.Size)), ("sha256", known?.Sha256),
                ("about", To(CrateActions.RunAction)));
        }
        var data = CrateData.Add(things, source, packed);
        var actions = CrateActions.Add(things, source, data);
        graph.Add(File, ["CreativeWork"], ("about", To("./")),
            ("conformsTo", To(["https://w3id.org/ro/crate/1.1", WorkflowCrate])));
        graph.Add("./", ["Dataset"], ("name", $"{source.Request.Name}, a run of {source.Request.WorkflowName}"),
            ("description", Summary(source)), ("datePublished", CrateSource.Moment(source.At)),
            ("identifier", source.Request.RunId.ToString()), ("license", To(Licence)),
            ("conformsTo", To(Profiles.Select(profile => profile.Id))), ("mainEntity", To(CrateWorkflow.File)),
            ("author", To(CrateActions.Person(source.Request.SubmittedBy))), ("mentions", To(actions)),
            ("hasPart", To([CrateWorkflow.File, .. Parts.Keys, .. data.Files])));
        graph.Add(Licence, ["CreativeWork"], ("name", "No licence stated"),
            ("description", "Who submitted the run said nothing about it: ask them before you pass it on."));
        foreach (var (id, name, version) in Profiles) graph.Add(id, ["CreativeWork"], ("name", name), ("version", version));
        IEnumerable<JsonNode?> all = [.. graph.Graph(), .. things.Graph()];
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["@context"] = new JsonArray(
                "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"),
            ["@graph"] = new JsonArray([.. all.Select(thing => thing?.DeepClone())]),
        }, Written);
    }

    private static string Summary(CrateSource source) =>
        $"What run {source.Request.RunId} on {source.Request.MachineName} did, as the portal recorded it: its state was "
        + $"{source.Run.Phase} after {source.History.Run.Version} events. `portal audit verify` checks it offline.";
}

/// <summary>What stands in every crate of a run.</summary>
public static class CrateParts
{
    /// <summary>The run's events (<see cref="EventStore.EventLine"/>).</summary>
    public const string Events = "events.jsonl";

    /// <summary>Their proof (<see cref="EventStore.EventProof"/>); it holds the event of the export, too.</summary>
    public const string Proof = "proof.json";

    /// <summary>The run as PROV-JSON.</summary>
    public const string Prov = "prov.json";

    /// <summary>The public keys of the portal's seals.</summary>
    public const string Keys = "seal-keys.pem";

    /// <summary>SHA-256 and path of every file but itself and the proof, as <c>sha256sum</c> writes them.</summary>
    public const string Manifest = "manifest-sha256.txt";
}
