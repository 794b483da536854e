using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>Describes a run as PROV-JSON (https://www.w3.org/submissions/prov-json/, the words of W3C PROV-DM).</summary>
public static class ProvDocument
{
    private const string Run = "run:run", Plan = "run:workflow", Code = "run:code", Engine = "portal:portal";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document, UTF-8.</summary>
    public static byte[] Of(CrateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var document = new Document();
        var (request, run) = (source.Request, source.Run);
        document.Parts["prefix"] = new JsonObject
        {
            ["run"] = $"urn:portal:run:{request.RunId}:", ["person"] = "urn:portal:person:", ["portal"] = "urn:portal:",
        };
        foreach (var person in source.People)
            document.Add("agent", Person(person), new()
            {
                ["prov:type"] = Name("prov:Person"), ["prov:label"] = source.Names.GetValueOrDefault(person),
            });
        document.Add("agent", Engine, new()
        {
            ["prov:type"] = Name("prov:SoftwareAgent"), ["portal:version"] = source.Maker.Version,
        });
        document.Add("entity", Plan, new()
        {
            ["prov:type"] = Name("prov:Plan"), ["prov:label"] = request.WorkflowName, ["prov:value"] = request.Description,
        });
        document.Add("activity", Run, new()
        {
            ["prov:startTime"] = CrateSource.Moment(run.SubmittedAt), ["prov:endTime"] = CrateSource.Moment(run.EndedAt),
            ["prov:label"] = request.Name, ["prov:location"] = request.MachineName, ["portal:phase"] = $"{run.Phase}",
            ["portal:failure"] = run.Failure is { } failure ? $"{failure.Name}: {failure.Message}" : null,
        });
        document.Relate("wasAssociatedWith", ("activity", Run), ("agent", Person(request.SubmittedBy)), ("plan", Plan));
        document.Relate("wasAssociatedWith", ("activity", Run), ("agent", Engine), ("plan", Plan));
        document.Relate("actedOnBehalfOf", ("delegate", Engine), ("responsible", Person(request.SubmittedBy)), ("activity", Run));
        Data(document, source);
        foreach (var state in request.Plan.Steps.SelectMany(step => source.History.Attempts.GetValueOrDefault(step.Id, [])))
            Attempt(document, state);
        return JsonSerializer.SerializeToUtf8Bytes(document.Parts, Written);
    }

    private static void Data(Document document, CrateSource source)
    {
        foreach (var (name, value) in source.Request.Parameters)
        {
            var id = $"run:parameter-{Uri.EscapeDataString(name)}";
            document.Add("entity", id, new() { ["prov:label"] = name, ["prov:value"] = value });
            document.Relate("used", ("activity", Run), ("entity", id));
        }
        if (source.Code is { } code)
        {
            document.Add("entity", Code, new()
            {
                ["prov:location"] = code.Url, ["portal:commit"] = code.Commit, ["portal:sha256"] = source.Run.Code?.Sha256,
            });
            document.Relate("used", ("activity", Run), ("entity", Code));
        }
        foreach (var (index, input) in source.Request.Plan.Inputs.Index())
            document.Relate("used", ("activity", Run), ("entity", Moved(document, source, "input", index, $"{input.From}")));
        foreach (var (index, output) in source.Request.Plan.Outputs.Index())
        {
            if (source.Transfer("output", index) is not { Done: true } transfer) continue;
            var id = Moved(document, source, "output", index, $"{output.To}");
            document.Relate("wasGeneratedBy", ("entity", id), ("activity", Run), ("time", CrateSource.Moment(transfer.EndedAt)));
            document.Relate("wasAttributedTo", ("entity", id), ("agent", Person(source.Request.SubmittedBy)));
        }
    }

    private static string Moved(Document document, CrateSource source, string kind, int index, string at)
    {
        var transfer = source.Transfer(kind, index);
        document.Add("entity", $"run:{kind}-{index}", new()
        {
            ["prov:location"] = at, ["portal:sha256"] = transfer?.Sha256,
            ["portal:bytes"] = transfer is { Done: true } ? Number(transfer.Bytes) : null,
        });
        return $"run:{kind}-{index}";
    }

    private static void Attempt(Document document, StepState state)
    {
        var id = $"run:step-{state.Id}-{state.Attempt}";
        document.Add("activity", id, new()
        {
            ["prov:startTime"] = CrateSource.Moment(state.StartedAt ?? state.SubmittedAt),
            ["prov:endTime"] = CrateSource.Moment(state.EndedAt), ["prov:label"] = state.Id,
            ["portal:status"] = $"{state.Status}",
            ["portal:exitCode"] = state.ExitCode is { } code ? Number(code) : null, ["portal:job"] = state.JobId,
            ["portal:failure"] = state.Failure is { } failure ? $"{failure.Name}: {failure.Message}" : null,
        });
        document.Relate("wasInformedBy", ("informed", id), ("informant", Run));
        document.Relate("wasAssociatedWith", ("activity", id), ("agent", Engine), ("plan", Plan));
    }

    private static string Person(Id<User> person) => $"person:{person}";

    private static JsonObject Name(string name) => new() { ["$"] = name, ["type"] = "prov:QUALIFIED_NAME" };

    private sealed class Document
    {
        private int relations;

        public JsonObject Parts { get; } = [];

        /// <summary>Adds a thing; what is null is left out.</summary>
        public void Add(string kind, string id, Dictionary<string, JsonNode?> about) =>
            Of(kind)[id] = new JsonObject(about.Where(one => one.Value is not null));

        /// <summary>Says how things relate.</summary>
        public void Relate(string kind, params (string Role, string? Thing)[] roles) => Add(kind, $"_:r{++relations}",
            roles.ToDictionary(role => $"prov:{role.Role}", role => (JsonNode?)role.Thing));

        private JsonObject Of(string kind)
        {
            if (Parts[kind] is JsonObject found) return found;
            var made = new JsonObject();
            Parts[kind] = made;
            return made;
        }
    }
}
