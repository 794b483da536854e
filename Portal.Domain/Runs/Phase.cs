namespace Portal.Domain.Runs;

/// <summary>What a run as a whole is doing.</summary>
public enum Phase
{
    /// <summary>Taken in, not begun.</summary>
    Submitted,
    /// <summary>The project wants somebody to look at it first.</summary>
    AwaitingApproval,
    /// <summary>Inputs are on their way to the machine.</summary>
    FetchingInputs,
    /// <summary>The repository is asked for its commit and the one folder is fetched.</summary>
    FetchingCode,
    /// <summary>The code is on its way to the machine.</summary>
    StagingIn,
    /// <summary>The present step waits in the scheduler's queue.</summary>
    Queued,
    /// <summary>The present step runs.</summary>
    Running,
    /// <summary>Outputs are looked for, logs are taken.</summary>
    Collecting,
    /// <summary>Outputs are on their way to their endpoints.</summary>
    Uploading,
    /// <summary>All went well; final.</summary>
    Succeeded,
    /// <summary>Something failed, by name; final, unless it is retried.</summary>
    Failed,
    /// <summary>A person wanted it so; final, unless it is retried.</summary>
    Cancelled,
}

/// <summary>Why a run stands still beside its phase.</summary>
public enum Hold
{
    /// <summary>It does not.</summary>
    None,
    /// <summary>Something outside has to heal; it goes on by itself then.</summary>
    Blocked,
    /// <summary>The right to use the credential ended; it goes on when the token is given again.</summary>
    AwaitingToken,
}

/// <summary>Questions about phases.</summary>
public static class Phases
{
    /// <summary>Whether nothing will follow but a retry.</summary>
    public static bool IsFinal(this Phase phase) => phase is Phase.Succeeded or Phase.Failed or Phase.Cancelled;
}
