using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Makes the plan of one run out of a description.</summary>
public static class PlanResolver
{
    /// <summary>The most characters a run's name may have.</summary>
    public const int MaximumName = 200;

    /// <summary>
    /// Fills everything in and checks it anew: a parameter may have put <c>..</c> into a path or a newline into a partition. All
    /// problems are told, with the line and column of the value in the description.
    /// </summary>
    /// <param name="workflow">The description.</param>
    /// <param name="values">Its parameters as <see cref="ParameterValues"/> bound them; a missing one is
    /// <c>MISSING_PARAMETER</c>.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="runName">The run's name: one line of up to 200 characters.</param>
    public static Result<RunPlan> Resolve(
        WorkflowDescription workflow, IReadOnlyDictionary<string, string> values, string runId, string runName)
    {
        var problems = new ProblemList();
        foreach (var parameter in workflow.Parameters.Where(x => !values.ContainsKey(x.Name)))
        {
            problems.Add(new("MISSING_PARAMETER", $"The parameter {parameter.Name} has no value.", $"parameters.{parameter.Name}",
                Advice: "Give one."));
        }

        if (runName.Length is 0 or > MaximumName || !Characters.OneLine(runName))
        {
            problems.Add(new("INVALID_NAME", "The run's name is empty, longer than 200 characters, or not one line of text.",
                "name",
                Advice: "Give a short one."));
        }

        if (problems.Any)
        {
            return Result.Refused<RunPlan>(problems.InOrder());
        }

        var fill = new Substitution(workflow, values, runId, runName, problems);
        var common = Common(workflow, values, runId, runName, fill);
        var plan = new RunPlan(
            [.. workflow.Inputs.Select(x => new InputPlan(fill.Value(x.From, TransferReader.File)!, fill.Value(x.To,
                RunPath.File)!))],
            Code(workflow.Code, fill),
            [.. workflow.Steps.Select(x => Step(x, common, fill, problems))],
            [.. workflow.Outputs.Select(x => new OutputPlan(
                fill.Value(x.From, TransferReader.Kept)!, fill.Value(x.To, TransferReader.Target)!, x.Optional))]);
        TargetCheck.Unique(workflow.Inputs.Zip(plan.Inputs, (x, y) => (x.To, (string?)y.To)), problems);
        if (plan.Code is { To: not null } code)
        {
            TargetCheck.Apart(workflow.Inputs.Zip(plan.Inputs, (x, y) => (x.To, (string?)y.To)), code.To, problems);
        }

        TargetCheck.Unique(workflow.Outputs.Zip(plan.Outputs, (x, y) => (x.To, y.To?.ToString())), problems);
        return problems.Any ? Result.Refused<RunPlan>(problems.InOrder()) : plan;
    }

    private static OrderedDictionary<string, string> Common(
        WorkflowDescription workflow, IReadOnlyDictionary<string, string> values, string runId, string runName, Substitution fill)
    {
        var common = new OrderedDictionary<string, string> { ["RUN_ID"] = runId, ["RUN_NAME"] = runName };
        foreach (var parameter in workflow.Parameters)
        {
            common[parameter.Variable] = values[parameter.Name];
        }

        foreach (var name in workflow.Environment.Keys)
        {
            common[name] = fill.Variable(name) ?? "";
        }

        return common;
    }

    private static CodePlan? Code(CodeDescription? code, Substitution fill) => code is null ? null : new(
        fill.Value(code.Url, RepositoryAddress.Parse)!, fill.Value(code.Ref, Names.Ref), fill.Value(code.Folder, RunPath.Folder),
        fill.Value(code.To, RunPath.Folder)!);

    private static StepPlan Step(
        StepDescription step, OrderedDictionary<string, string> common, Substitution fill, ProblemList problems)
    {
        var environment = new OrderedDictionary<string, string>(common);
        foreach (var (name, template) in step.Environment)
        {
            environment[name] = fill.Value(template, EnvironmentReader.Value) ?? "";
        }

        var asked = step.Resources;
        var resources = new ResourcePlan(
            Known(fill.Value(asked.Nodes, ResourceCheck.Nodes)), Known(fill.Value(asked.Tasks, ResourceCheck.Tasks)),
            Known(fill.Value(asked.Cpus, ResourceCheck.Cpus)),
            fill.Value(asked.Memory, MemorySize.Parse) is > 0 and var memory ? memory : null,
            fill.Value(asked.Time, Duration.Parse) is { Ticks: > 0 } time ? time : null,
            fill.Value(asked.Partition, ResourceCheck.Partition), fill.Value(asked.Account, ResourceCheck.Account),
            fill.Value(asked.Qos, ResourceCheck.Qos), fill.Value(asked.Array, TaskArray.Parse));
        if (asked.Tasks is not null)
        {
            ResourceCheck.Fit(resources.Nodes ?? 0, resources.Tasks ?? 0, asked.Tasks, problems);
        }

        var title = fill.Value(step.Title, StepReader.Title);
        return new(step.Id, string.IsNullOrWhiteSpace(title) ? step.Id : title, step.Script, environment, resources);
    }

    /// <summary>No count is 0: that is what stands for none.</summary>
    private static int? Known(int count) => count == 0 ? null : count;
}
