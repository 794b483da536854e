namespace Portal.Cli;

/// <summary>How the command ends, for scripts.</summary>
public static class ExitCode
{
    /// <summary>All went well; of a watched run: it succeeded.</summary>
    public const int Well = 0;

    /// <summary>The run failed, or a connection test did.</summary>
    public const int RunFailed = 1;

    /// <summary>The command was not understood, or something it needs is not configured.</summary>
    public const int Usage = 2;

    /// <summary>The portal refused.</summary>
    public const int Refused = 3;

    /// <summary>The portal does not answer.</summary>
    public const int Unreachable = 4;

    /// <summary>The run was cancelled.</summary>
    public const int RunCancelled = 5;

    /// <summary>The command itself was interrupted (128 + SIGINT); the run goes on.</summary>
    public const int Interrupted = 130;
}

/// <summary>Something the person has to put right before the command can do anything.</summary>
public sealed class UsageException(string message) : Exception(message);
