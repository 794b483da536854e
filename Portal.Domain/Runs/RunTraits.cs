using Portal.Domain.Audit;

namespace Portal.Domain.Runs;

/// <summary>What can be said about how a run stands: for the difference between two moments of it.</summary>
public static class RunTraits
{
    /// <summary>All of it; none before its first event.</summary>
    public static IReadOnlyList<Trait> Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Submitted is null ? [] :
        [
            .. Whole(run), .. Trouble(run), .. Look(run), .. Key(run), .. CodeOf(run),
            .. run.Transfers.Values.OrderBy(transfer => transfer.StartedAt)
                .ThenBy(transfer => transfer.Key, StringComparer.Ordinal).SelectMany(Moved),
            .. run.Steps.SelectMany(Step),
            .. Numbered(run.Outputs ?? [], output => output.Path).Select(output => new Trait(
                "Outputs on the machine", output.Name, output.Item.Size is { } size ? TraitText.Of((long?)size) : "missing",
                output.Item.Size is null ? TraitKind.Text : TraitKind.Bytes)),
        ];
    }

    /// <summary>What is called the same is told apart by a number.</summary>
    internal static IEnumerable<(string Name, T Item, int Index)> Numbered<T>(IReadOnlyList<T> all, Func<T, string> name)
    {
        var seen = new Dictionary<string, int>();
        for (var index = 0; index < all.Count; index++)
        {
            var called = name(all[index]);
            var times = seen[called] = seen.GetValueOrDefault(called) + 1;
            yield return (times == 1 ? called : $"{called} ({times})", all[index], index);
        }
    }

    internal static IEnumerable<Trait> CodeOf(Run run) => run.Code is not { } code ? [] :
    [
        new("Code", "Commit", code.Commit, TraitKind.Code),
        new("Code", "Tree", code.TreeHash, TraitKind.Code),
        new("Code", "SHA-256", code.Sha256, TraitKind.Code),
        new("Code", "Files", code.TreeHash is null ? null : TraitText.Of((long?)code.Files), TraitKind.Number),
        new("Code", "Size", code.TreeHash is null ? null : TraitText.Of((long?)code.Bytes), TraitKind.Bytes),
        new("Code", "On the machine", TraitText.Of(code.Staged)),
    ];

    internal static IEnumerable<Trait> Failed(string section, Failure? failure) =>
    [
        new(section, "Failure", failure?.Name.ToString(), TraitKind.State),
        new(section, "Because", failure?.Message),
        new(section, "Evidence", failure?.Evidence, TraitKind.Code),
    ];

    private static IEnumerable<Trait> Whole(Run run) =>
    [
        new("Run", "Phase", run.Phase.ToString(), TraitKind.State),
        new("Run", "Since", TraitText.Of(run.Phases is [.., var last] ? last.At : run.SubmittedAt), TraitKind.Time),
        new("Run", "Hold", run.Hold == Hold.None ? null : run.Hold.ToString(), TraitKind.State),
        new("Run", "Held because", run.HeldBy?.Message),
        new("Run", "Wanted to end by", run.CancelRequestedBy?.ToString(), TraitKind.Person),
        new("Run", "Ended", TraitText.Of(run.EndedAt), TraitKind.Time),
        .. Failed("Run", run.Failure),
    ];

    private static IEnumerable<Trait> Trouble(Run run) => run.Postponed is not { } postponed ? [] :
    [
        new("Tried again", "What", postponed.Act),
        new("Tried again", "Times tried", TraitText.Of((long?)postponed.Attempt), TraitKind.Number),
        new("Tried again", "At", TraitText.Of(postponed.Until), TraitKind.Time),
        new("Tried again", "Because", postponed.Failure.Message),
    ];

    private static IEnumerable<Trait> Look(Run run) => run.Approval is not { } approval ? [] :
    [
        new("Second look", "Stage", approval.Stage.ToString(), TraitKind.State),
        new("Second look", "Hash of what would run", approval.Hash, TraitKind.Code),
        new("Second look", "Reasons", TraitText.List(approval.Reasons.Select(reason => reason.ToString()))),
        new("Second look", "Decided by", approval.DecidedBy?.ToString(), TraitKind.Person),
        new("Second look", "Said", approval.Comment),
    ];

    private static IEnumerable<Trait> Key(Run run) => run.Lease is not { } lease ? [] :
    [
        new("Lease", "Credential", lease.Credential.ToString(), TraitKind.Code),
        new("Lease", "Since", TraitText.Of(lease.Since), TraitKind.Time),
        new("Lease", "Until", TraitText.Of(lease.Until), TraitKind.Time),
        new("Lease", "In memory alone", TraitText.Of(lease.Attended)),
        new("Lease", "Ended", lease.Ended),
    ];

    private static IEnumerable<Trait> Moved(TransferState transfer)
    {
        // Named by the path in the run's folder; the key tells apart what goes to two places.
        var input = transfer.Key.StartsWith("input", StringComparison.Ordinal);
        var section = $"{(input ? $"Input {transfer.Target}" : $"Output {transfer.Source}")} ({transfer.Key})";
        return
        [
            new(section, "From", transfer.Source, TraitKind.Code),
            new(section, "To", transfer.Target, TraitKind.Code),
            new(section, "Attempts", TraitText.Of((long?)transfer.Attempts), TraitKind.Number),
            new(section, "Arrived", TraitText.Of((long?)transfer.Bytes), TraitKind.Bytes),
            new(section, "Size", TraitText.Of(transfer.Total), TraitKind.Bytes),
            new(section, "SHA-256", transfer.Sha256, TraitKind.Code),
        ];
    }

    private static IEnumerable<Trait> Step(StepState step)
    {
        var section = $"Step {step.Id}";
        return
        [
            new(section, "State", step.Status.ToString(), TraitKind.State),
            new(section, "Attempt", TraitText.Of((long?)step.Attempt), TraitKind.Number),
            new(section, "Job", step.JobId, TraitKind.Code),
            new(section, "Scheduler's word", step.Word, TraitKind.Code),
            new(section, "Waits because", step.Reason),
            new(section, "Tasks", Tasks(step.Tasks)),
            new(section, "Started", TraitText.Of(step.StartedAt), TraitKind.Time),
            new(section, "Ended", TraitText.Of(step.EndedAt), TraitKind.Time),
            new(section, "Exit code", TraitText.Of((long?)step.ExitCode), TraitKind.Number),
            .. Failed(section, step.Failure),
            new(section, "Warning", step.Warning),
        ];
    }

    internal static string? Tasks(TaskCounts? counts) => counts is null || counts.Total == 0 ? null
        : string.Join(", ", new (int Count, string Word)[]
        {
            (counts.Pending, "pending"), (counts.Running, "running"), (counts.Succeeded, "succeeded"), (counts.Failed, "failed"),
            (counts.Cancelled, "cancelled"),
        }.Where(one => one.Count > 0).Select(one => $"{one.Count} {one.Word}"));
}
