using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Audit;
using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Runs;

/// <summary>What can be said about a run that is worth holding against another: what was asked for, what it was made of, how
/// long it took and what came of it. Ids, job numbers and points in time, which always differ, are not.</summary>
public static class RunComparison
{
    /// <summary>All of it.</summary>
    /// <param name="run">A run that exists.</param>
    public static IReadOnlyList<Trait> Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var request = run.Request;
        return
        [
            new("Run", "Outcome", run.Phase.ToString(), TraitKind.State),
            .. RunTraits.Failed("Run", run.Failure),
            new("Run", "Name", request.Name),
            new("Run", "Submitted by", request.SubmittedBy.ToString(), TraitKind.Person),
            new("Workflow", "Name", request.WorkflowName),
            new("Workflow", "Version", TraitText.Of((long?)request.WorkflowVersion) ?? "given with the request"),
            new("Workflow", "SHA-256 of the description", Hash(request.Description), TraitKind.Code),
            .. request.Parameters.Select(pair => new Trait("Parameters", pair.Key, pair.Value)),
            new("Code", "Repository", request.Plan.Code?.Url.ToString(), TraitKind.Code),
            new("Code", "Branch or tag", request.Plan.Code?.Ref, TraitKind.Code),
            new("Code", "Folder", request.Plan.Code?.Folder, TraitKind.Code),
            .. RunTraits.CodeOf(run).Where(trait => trait.Name != "On the machine"),
            .. Files("Input", "input", run, request.Plan.Inputs, input => input.To, input => input.From.ToString(), "From"),
            new("Machine", "Name", request.MachineName),
            .. request.Plan.Steps.Zip(run.Steps).SelectMany(step => Step(run, step.First, step.Second)),
            .. Times(run),
            .. Files("Output", "output", run, request.Plan.Outputs, output => output.From, _ => null, null),
        ];
    }

    private static IEnumerable<Trait> Files<T>(string word, string kind, Run run, IReadOnlyList<T> files, Func<T, string> path,
        Func<T, string?> other, string? said) => RunTraits.Numbered(files, path).SelectMany(file =>
    {
        var (section, moved) = ($"{word} {file.Name}", run.Transfers.GetValueOrDefault(NextAct.TransferKey(kind, file.Index)));
        return ((Trait?[])
        [
            said is null ? null : new(section, said, other(file.Item), TraitKind.Code),
            new(section, "SHA-256", moved?.Sha256, TraitKind.Code),
            new(section, "Size", moved is { Done: true } ? TraitText.Of((long?)moved.Bytes) : null, TraitKind.Bytes),
        ]).OfType<Trait>();
    });

    private static IEnumerable<Trait> Step(Run run, StepPlan plan, StepState step)
    {
        var (section, asked) = ($"Step {plan.Id}", plan.Resources);
        var started = step.StartedAt;
        return
        [
            new(section, "State", step.Status.ToString(), TraitKind.State),
            new(section, "Exit code", TraitText.Of((long?)step.ExitCode), TraitKind.Number),
            .. RunTraits.Failed(section, step.Failure == run.Failure ? null : step.Failure),
            new(section, "Attempts", TraitText.Of((long?)step.Attempt), TraitKind.Number),
            new(section, "Tasks", RunTraits.Tasks(step.Tasks)),
            new(section, "In the queue", TraitText.Of(Between(step.QueuedAt, started)), TraitKind.Duration),
            new(section, "Running", TraitText.Of(Between(started, step.EndedAt)), TraitKind.Duration),
            new(section, "SHA-256 of the script", Hash(plan.Script), TraitKind.Code),
            new(section, "Nodes", TraitText.Of((long?)asked.Nodes), TraitKind.Number),
            new(section, "Processes", TraitText.Of((long?)asked.Tasks), TraitKind.Number),
            new(section, "CPUs each", TraitText.Of((long?)asked.CpusPerTask), TraitKind.Number),
            new(section, "Memory, MiB", TraitText.Of(asked.MemoryMiB), TraitKind.Number),
            new(section, "Time limit", TraitText.Of(asked.TimeLimit), TraitKind.Duration),
            new(section, "Partition", asked.Partition),
            new(section, "Array", asked.Array?.ToString()),
            .. plan.Environment.Where(pair => pair.Key is not ("RUN_ID" or "RUN_NAME"))
                .Where(pair => !pair.Key.StartsWith("PARAM_", StringComparison.Ordinal))
                .Select(pair => new Trait(section, $"Variable {pair.Key}", pair.Value, TraitKind.Code)),
        ];
    }

    // How long it was in each phase, whatever came between; what goes on has no length yet.
    private static IEnumerable<Trait> Times(Run run)
    {
        var spent = run.Phases.Zip(run.Phases.Skip(1), (mark, next) => (mark.Phase, Length: next.At - mark.At))
            .GroupBy(one => one.Phase)
            .ToDictionary(one => one.Key, one => one.Aggregate(TimeSpan.Zero, (sum, next) => sum + next.Length));
        return Enum.GetValues<Phase>().Where(phase => !phase.IsFinal() && spent.ContainsKey(phase))
            .Select(phase => new Trait("Time by phase", phase.ToString(), TraitText.Of(spent[phase]), TraitKind.Duration))
            .Append(new("Time by phase", "Whole", TraitText.Of(run.EndedAt - run.SubmittedAt), TraitKind.Duration));
    }

    private static TimeSpan? Between(DateTimeOffset? from, DateTimeOffset? to) => to >= from ? to - from : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
