using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;

namespace Portal.Web.Components.Runs.New;

/// <summary>The end of a new run's form: its name, under which key and lease it is submitted, and what was refused.</summary>
public sealed class RunSubmission(RunDraft draft)
{
    private bool tried;

    /// <summary>The run's name; empty for the workflow's title.</summary>
    public string Name { get; set; } = "";

    /// <summary>The security token as it was typed; empty once it was used.</summary>
    public string Token { get; private set; } = "";

    /// <summary>How long the key is lent: hours, <c>attended</c>, or empty for as long as the steps may take.</summary>
    public string Lease { get; set; } = "";

    /// <summary>Whether an answer is awaited.</summary>
    public bool Busy { get; private set; }

    /// <summary>What is wrong with what was asked for.</summary>
    public IReadOnlyList<Problem> Refused { get; set; } = [];

    /// <summary>Problems of values, whoever found them.</summary>
    public IReadOnlyList<Problem> Faults => [.. draft.ValueProblems, .. Refused];

    /// <summary>What no field shows.</summary>
    public IReadOnlyList<Problem> Others => [.. Refused.Where(problem => problem.Field is not ("name" or "leaseFor" or "attended")
        && !TokenWords.IsAboutToken(problem) && problem.Field?.StartsWith("parameters.", StringComparison.Ordinal) != true
        && !draft.TextProblems.Contains(problem) && !draft.PlanProblems.Contains(problem))];

    /// <summary>Takes the token; what was said about the one before is over.</summary>
    public void TakeToken(string? value)
    {
        Token = value ?? "";
        Refused = [.. Refused.Where(problem => !TokenWords.IsAboutToken(problem))];
    }

    /// <summary>Forgets what was said about the machine.</summary>
    public void MachineChosen() => Refused = [.. Refused.Where(problem => problem.Field != "machine")];

    /// <summary>Finds out what the form comes to now; what was refused before is over.</summary>
    public void Recheck(Id<Run> run)
    {
        Refused = [];
        draft.Check(run, Name);
    }

    /// <summary>What is wrong with a field, in words; null when nothing is.</summary>
    public string? Fault(string field)
    {
        var problem = Refused.FirstOrDefault(one => field == "securityToken" ? TokenWords.IsAboutToken(one) : one.Field == field);
        if (problem is null && field == "securityToken" && tried && Token.Length == 0) return "The security token is needed.";
        return problem is null ? null : TokenWords.Says(problem);
    }

    /// <summary>The field's <c>aria-invalid</c>.</summary>
    public string? Invalid(string field) => Fault(field) is null ? null : "true";

    /// <summary>What is missing before it can be submitted; null when nothing is.</summary>
    public string? Waits(MachineOffer? machine) => (machine, draft.Readable, draft.ValueProblems.Count) switch
    {
        (null, _, _) => "Choose a machine.",
        (_, false, _) => "The description cannot be run yet.",
        (_, _, 1) => "1 parameter needs another value.",
        (_, _, > 1) => $"{draft.ValueProblems.Count} parameters need another value.",
        _ => null,
    };

    /// <summary>Submits it, unless something is missing still.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="project">Where it shall belong.</param>
    /// <param name="machine">Where it shall run.</param>
    /// <param name="stored">The stored workflow and its version; null for the draft's own text.</param>
    /// <param name="submit">Takes it.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>Whether it was submitted; else <see cref="Refused"/> and <see cref="Fault"/> say why not.</returns>
    public async Task<bool> SubmitAsync(Caller caller, Id<Run> run, Id<Project> project, MachineOffer? machine, (Id<Workflow> Id,
        int Version)? stored,
        SubmitRunHandler submit, CancellationToken cancel)
    {
        tried = true;
        if (machine is null) Refused = [new("MACHINE_NEEDED", "No machine is chosen.", "machine", Advice: "Choose one above.")];
        if (Busy || machine is null || !draft.Readable || draft.ValueProblems.Count > 0 || Token.Length == 0) return false;
        Busy = true;
        TimeSpan? length = int.TryParse(Lease, out var hours) ? TimeSpan.FromHours(hours) : null;
        var answer = await submit.HandleAsync(caller, new(run, machine.View.Id, Name, stored?.Id, stored?.Version,
            stored is null ? draft.Text : null, draft.Given, Token.Trim(), length, Attended: Lease == "attended"
                || machine.View.Settings.AttendedOnly,
            project), cancel);
        Busy = false;
        if (answer.Ok) Token = "";
        else Refused = answer.Problems;
        return answer.Ok;
    }
}
