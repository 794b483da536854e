using System.Text.Json.Nodes;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>What was done: the run, each attempt of its steps, and the portal that saw to them (Process and Provenance Run Crate
/// 0.5: CreateAction, ControlAction, OrganizeAction).</summary>
internal static class CrateActions
{
    /// <summary>The run as an action.</summary>
    public const string RunAction = "#run";

    private const string Engine = "#portal";
    private const string Machine = "#machine";
    private const string Orchestration = "#orchestration";

    /// <summary>The id of a person.</summary>
    public static string Person(Id<User> person) => $"#person-{person}";

    /// <summary>Adds them, with people, machine and portal.</summary>
    /// <returns>Ids of the actions.</returns>
    public static IReadOnlyList<string> Add(LinkedData graph, CrateSource source, CrateData data)
    {
        var (run, request) = (source.Run, source.Request);
        foreach (var person in source.People)
            graph.Add(Person(person), ["Person"], ("identifier", person.ToString()),
                ("name", source.Names.GetValueOrDefault(person)));
        graph.Add(Engine, ["SoftwareApplication"], ("name", "Portal"), ("softwareVersion", source.Maker.Version),
            ("url", source.Maker.Address.Length > 0 ? source.Maker.Address : null),
            ("softwareRequirements", CrateSoftware.AddCarrier(graph, source.Software) is { } carrier ? To(carrier) : null));
        graph.Add(Machine, ["Place"], ("name", request.MachineName), ("identifier", request.MachineId.ToString()),
            ("description", $"The supercomputer that the run's steps ran on, in the folder {request.Folder}."),
            ("additionalProperty", To(CrateSoftware.AddSetUpLines(graph, source.Software))));
        List<(string Control, string Action)> attempts = [.. source.Request.Plan.Steps.SelectMany(step =>
            source.History.Attempts.GetValueOrDefault(step.Id, [])
                .Select(state => Attempt(graph, source, step.Environment, state)))];
        graph.Add(RunAction, ["CreateAction"], ("name", $"Run {request.Name}"), ("identifier", request.RunId.ToString()),
            ("instrument", To(CrateWorkflow.File)), ("agent", To(Person(request.SubmittedBy))), ("location", To(Machine)),
            ("startTime", CrateSource.Moment(run.SubmittedAt)), ("endTime", CrateSource.Moment(run.EndedAt)),
            ("object", To(data.Objects)), ("result", To(data.Results)), ("actionStatus", Status(run.Phase)),
            ("error", run.Phase == Phase.Cancelled ? "Cancelled." : Words(run.Failure)));
        graph.Add(Orchestration, ["OrganizeAction"], ("name", $"Portal carries out run {request.Name}"),
            ("instrument", To(Engine)), ("agent", To(Person(request.SubmittedBy))),
            ("object", To(attempts.Select(attempt => attempt.Control))), ("result", To(RunAction)),
            ("startTime", CrateSource.Moment(run.SubmittedAt)), ("endTime", CrateSource.Moment(run.EndedAt)),
            ("actionStatus", Status(run.Phase)));
        return [RunAction, Orchestration, .. attempts.Select(attempt => attempt.Action)];
    }

    private static (string Control, string Action) Attempt(
        LinkedData graph, CrateSource source, IReadOnlyDictionary<string, string> environment, StepState state)
    {
        var (key, ended) = ($"{state.Id}-{state.Attempt}", source.Ends[(state.Id, state.Attempt)].LastOrDefault());
        List<string> facts = [];
        void Tell(string name, string? value)
        {
            if (value is not null)
                facts.Add(graph.Add($"#attempt-{key}-{name}", ["PropertyValue"], ("name", name), ("value", value)));
        }
        Tell("exitCode", state.ExitCode is { } code ? Number(code) : null);
        Tell("jobId", state.JobId);
        Tell("cluster", state.Cluster);
        var usage = ended?.CoreSeconds is { } seconds
            ? graph.Add($"#attempt-{key}-coreSeconds", ["PropertyValue"], ("name", "coreSeconds"), ("value", Number(seconds)),
                ("unitText", "s"), ("propertyID", "https://schema.org/Duration"))
            : null;
        var action = graph.Add($"#attempt-{key}", ["CreateAction"], ("name", $"Attempt {state.Attempt} of step {state.Id}"),
            ("instrument", To(CrateWorkflow.Tool(state.Id))), ("agent", To(Person(source.Request.SubmittedBy))),
            ("location", To(Machine)), ("startTime", CrateSource.Moment(state.StartedAt ?? state.SubmittedAt)),
            ("endTime", CrateSource.Moment(state.EndedAt)), ("actionStatus", Status(state.Status)),
            ("error", state.Status == StepStatus.Cancelled ? "Cancelled." : Words(state.Failure)),
            ("environment", To(environment.Select(one => Variable(graph, state.Id, one.Key, one.Value)))),
            ("resourceUsage", usage is null ? null : To([usage])), ("additionalProperty", To(facts)));
        return (graph.Add($"#control-{key}", ["ControlAction"],
            ("name", $"Orchestrate attempt {state.Attempt} of step {state.Id}"),
            ("instrument", To(CrateWorkflow.Step(state.Id))), ("object", To(action)), ("actionStatus", Status(state.Status)),
            ("startTime", CrateSource.Moment(state.SubmittedAt)), ("endTime", CrateSource.Moment(state.EndedAt))), action);
    }

    // The same for all attempts of a step.
    private static string Variable(LinkedData graph, string step, string name, string value)
    {
        var id = $"#environment-{step}-{Uri.EscapeDataString(name)}";
        return graph.Has(id) ? id : graph.Add(id, ["PropertyValue"], ("name", name), ("value", value));
    }

    private static JsonNode? Words(Failure? failure) => failure is null ? null
        : string.Join('\n', ((string?[])[$"{failure.Name}: {failure.Message}", failure.Evidence, failure.Advice])
            .OfType<string>());

    private static JsonNode Status(Phase phase) => Status(phase switch
    {
        Phase.Succeeded => "Completed",
        Phase.Failed or Phase.Cancelled => "Failed",
        Phase.Submitted or Phase.AwaitingApproval => "Potential",
        _ => "Active",
    });

    private static JsonNode Status(StepStatus status) => Status(status switch
    {
        StepStatus.Succeeded => "Completed",
        StepStatus.Failed or StepStatus.Cancelled => "Failed",
        StepStatus.Waiting => "Potential",
        _ => "Active",
    });

    private static JsonNode Status(string word) => $"http://schema.org/{word}ActionStatus";
}
