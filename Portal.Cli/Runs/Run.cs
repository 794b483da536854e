using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary>A run, as lists show it.</summary>
public record RunRow(string Id, string Key, string Name, string WorkflowName, string MachineName, string Phase, string Hold,
    int StepCount, int StepsDone, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Its phase in words and, where it stands still, why.</summary>
    internal string State => Hold == "NONE" ? Words.Of(Phase) : $"{Words.Of(Phase)} ({Words.Of(Hold)})";
}

/// <summary>A run with all that is shown of one.</summary>
public sealed record Run(string Id, string Key, string Name, string WorkflowName, string MachineName, string Phase, string Hold,
    int StepCount, int StepsDone, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, long Version, bool Cancelling,
    string? Folder, Failure? Failure, Code? Code, IReadOnlyList<Step> Steps, IReadOnlyList<Transfer> Transfers,
    IReadOnlyList<Result> Outputs)
    : RunRow(Id, Key, Name, WorkflowName, MachineName, Phase, Hold, StepCount, StepsDone, SubmittedAt, EndedAt);

/// <summary>Why something failed.</summary>
public sealed record Failure(string Name, string Message, string? Advice)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Words.Of(Name)}: {Message} {Advice}".TrimEnd();
}

/// <summary>The code of a run.</summary>
public sealed record Code(string Commit, bool Staged)
{
    /// <summary>Enough of the commit to know it by.</summary>
    internal string ShortCommit => Commit[..Math.Min(10, Commit.Length)];
}

/// <summary>A step of a run.</summary>
public sealed record Step(string Id, string Status, string? JobId, int? ExitCode, string? Reason, TaskCounts? Tasks,
    Failure? Failure);

/// <summary>How a step's tasks stand.</summary>
public sealed record TaskCounts(int Pending, int Running, int Succeeded, int Failed, int Cancelled, int Total)
{
    /// <summary>Those that are over.</summary>
    internal int Ended => Succeeded + Failed + Cancelled;
}

/// <summary>A file of a run on its way.</summary>
public sealed record Transfer(string Key, string Source, long Bytes, long? Total, bool Done, string? Sha256);

/// <summary>A result of a run; the path is null before it arrived.</summary>
public sealed record Result(int Index, string From, string To, long? Size, string? Sha256, string? DownloadPath);
