using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>Slurm's words for states (squeue(1), JOB STATE CODES) and what each means to a run.</summary>
internal static class SlurmStates
{
    /// <summary>What a state means; the failure's name where it is one by itself (FAILED is told by its exit code).</summary>
    internal sealed record Meaning(Verdict Verdict, FailureName? Failure = null);

    private static readonly Meaning Unknown = new(Verdict.Unknown);

    private static readonly Dictionary<string, Meaning> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PENDING"] = new(Verdict.Pending), ["CONFIGURING"] = new(Verdict.Pending),
        ["REQUEUED"] = new(Verdict.Pending), ["REQUEUE_FED"] = new(Verdict.Pending),
        ["REQUEUE_HOLD"] = new(Verdict.Held), ["SPECIAL_EXIT"] = new(Verdict.Held), ["RESV_DEL_HOLD"] = new(Verdict.Held),
        ["RUNNING"] = new(Verdict.Running), ["COMPLETING"] = new(Verdict.Running), ["SIGNALING"] = new(Verdict.Running),
        ["STAGE_OUT"] = new(Verdict.Running), ["RESIZING"] = new(Verdict.Running),
        ["SUSPENDED"] = new(Verdict.Running), ["STOPPED"] = new(Verdict.Running),
        ["REVOKED"] = Unknown,
        ["COMPLETED"] = new(Verdict.Well), ["CANCELLED"] = new(Verdict.Cancelled),
        ["FAILED"] = new(Verdict.Failed, FailureName.ExitCode), ["TIMEOUT"] = new(Verdict.Failed, FailureName.TimeLimit),
        ["OUT_OF_MEMORY"] = new(Verdict.Failed, FailureName.OutOfMemory),
        ["NODE_FAIL"] = new(Verdict.Failed, FailureName.NodeFailure),
        ["BOOT_FAIL"] = new(Verdict.Failed, FailureName.NodeFailure),
        ["LAUNCH_FAILED"] = new(Verdict.Failed, FailureName.NodeFailure),
        ["PREEMPTED"] = new(Verdict.Failed, FailureName.Preempted),
        ["DEADLINE"] = new(Verdict.Failed, FailureName.Deadline),
    };

    private static readonly Dictionary<string, string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PD"] = "PENDING", ["CF"] = "CONFIGURING", ["R"] = "RUNNING", ["CG"] = "COMPLETING", ["SI"] = "SIGNALING",
        ["SO"] = "STAGE_OUT", ["RS"] = "RESIZING", ["S"] = "SUSPENDED", ["ST"] = "STOPPED", ["RQ"] = "REQUEUED",
        ["RF"] = "REQUEUE_FED", ["RH"] = "REQUEUE_HOLD", ["SE"] = "SPECIAL_EXIT", ["RD"] = "RESV_DEL_HOLD", ["RV"] = "REVOKED",
        ["CA"] = "CANCELLED", ["CD"] = "COMPLETED", ["F"] = "FAILED", ["TO"] = "TIMEOUT", ["OOM"] = "OUT_OF_MEMORY",
        ["NF"] = "NODE_FAIL", ["BF"] = "BOOT_FAIL", ["PR"] = "PREEMPTED", ["DL"] = "DEADLINE",
    };

    // Known to exist, meaning unknown to us: they keep a cut word from being taken for another.
    private static readonly string[] Others = ["RECONFIG_FAIL", "EXPEDITING", "POWER_UP_NODE"];

    /// <summary>The states in which a job is not at its end, for the shell: separated by a bar.</summary>
    internal static readonly string NotFinal = string.Join('|', Table
        .Where(pair => pair.Value.Verdict is Verdict.Pending or Verdict.Held or Verdict.Running).Select(pair => pair.Key));

    /// <summary>The state's full word: read up to the first blank, in any case; a code stands for its word, and a word cut with
    /// <c>+</c> for the only state that begins so. Null when it is none that is known.</summary>
    internal static string? Word(string text)
    {
        var word = text.TrimStart();
        var blank = word.IndexOfAny([' ', '\t']);
        if (blank >= 0)
            word = word[..blank];
        if (word.EndsWith('+'))
        {
            var cut = word.TrimEnd('+');
            var whole = Table.Keys.Concat(Others).Where(w => w.StartsWith(cut, StringComparison.OrdinalIgnoreCase)).ToList();
            word = whole is [var only] ? only : Table.Keys.FirstOrDefault(w => w.Equals(cut, StringComparison.OrdinalIgnoreCase)) ?? "";
        }
        word = Codes.GetValueOrDefault(word, word).ToUpperInvariant();
        return Table.ContainsKey(word) ? word : null;
    }

    /// <summary>What the state in this text means; unknown for a word that is not in the table.</summary>
    internal static Meaning Of(string text) => Word(text) is { } word ? Table[word] : Unknown;

    /// <summary>Whether the job is at its end in this state.</summary>
    internal static bool IsFinal(Verdict verdict) => verdict is Verdict.Well or Verdict.Failed or Verdict.Cancelled;
}
