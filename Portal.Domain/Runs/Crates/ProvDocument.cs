using System.Text.Json.Nodes;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>Describes a run as PROV-JSON (https://www.w3.org/submissions/prov-json/, the words of W3C PROV-DM).</summary>
public static class ProvDocument
{
    private const string Run = "run:run", Plan = "run:workflow", Code = "run:code", Engine = "portal:portal",
        Carrier = "run:scheduler", SetUp = "run:set-up";

    /// <summary>The document, UTF-8.</summary>
    public static byte[] Of(CrateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var document = new ProvGraph();
        var (request, run) = (source.Request, source.Run);
        document.Parts["prefix"] = new JsonObject
        {
            ["run"] = $"urn:portal:run:{request.RunId}:", ["person"] = "urn:portal:person:", ["portal"] = "urn:portal:",
        };
        foreach (var person in source.People)
            document.Add("agent", Person(person), new()
            {
                ["prov:type"] = ProvGraph.Name("prov:Person"), ["prov:label"] = source.Names.GetValueOrDefault(person),
            });
        document.Add("agent", Engine, new()
        {
            ["prov:type"] = ProvGraph.Name("prov:SoftwareAgent"), ["portal:version"] = source.Maker.Version,
        });
        document.Add("entity", Plan, new()
        {
            ["prov:type"] = ProvGraph.Name("prov:Plan"), ["prov:label"] = request.WorkflowName,
            ["prov:value"] = request.Description,
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
        var (carrier, set) = Software(document, source.Software);
        foreach (var state in request.Plan.Steps.SelectMany(step => source.History.Attempts.GetValueOrDefault(step.Id, [])))
            Attempt(document, state, carrier, set);
        return document.ToBytes();
    }

    private static void Data(ProvGraph document, CrateSource source)
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

    private static string Moved(ProvGraph document, CrateSource source, string kind, int index, string at)
    {
        var transfer = source.Transfer(kind, index);
        document.Add("entity", $"run:{kind}-{index}", new()
        {
            ["prov:location"] = at, ["portal:sha256"] = transfer?.Sha256,
            ["portal:bytes"] = transfer is { Done: true } ? Number(transfer.Bytes) : null,
        });
        return $"run:{kind}-{index}";
    }

    // What carried jobs out, and what they were set up with.
    private static (string? Carrier, IReadOnlyList<string> SetUp) Software(ProvGraph document, KnownSoftware? known)
    {
        if (known is null) return (null, []);
        var set = new List<string>();
        foreach (var module in known.Modules)
        {
            set.Add("run:module-"
                + Uri.EscapeDataString(module.Version is null ? module.Name : $"{module.Name}/{module.Version}"));
            document.Add("entity", set[^1], new() { ["prov:label"] = module.Name, ["portal:version"] = module.Version });
        }
        if (known.SetUpLines.Count > 0)
        {
            set.Add(SetUp);
            document.Add("entity", SetUp, new()
            {
                ["prov:label"] = "Shell lines before each step", ["prov:value"] = string.Join('\n', known.SetUpLines),
            });
        }
        if (known.Carrier is not { } carrier) return (null, set);
        document.Add("agent", Carrier, new()
        {
            ["prov:type"] = ProvGraph.Name("prov:SoftwareAgent"), ["prov:label"] = carrier.Name,
            ["portal:version"] = carrier.Version,
        });
        return (Carrier, set);
    }

    private static void Attempt(ProvGraph document, StepState state, string? carrier, IReadOnlyList<string> set)
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
        if (carrier is not null) document.Relate("wasAssociatedWith", ("activity", id), ("agent", carrier));
        foreach (var thing in set) document.Relate("used", ("activity", id), ("entity", thing));
    }

    private static string Person(Id<User> person) => $"person:{person}";
}
