namespace Portal.Domain.Runs;

/// <summary>Why something failed, by name; each name has one meaning for people and programs alike.</summary>
public enum FailureName
{
    /// <summary>A command ended with an exit code other than 0.</summary>
    ExitCode,
    /// <summary>A command was ended by a signal.</summary>
    Signal,
    /// <summary>More memory was used than asked for.</summary>
    OutOfMemory,
    /// <summary>The wall time asked for was used up.</summary>
    TimeLimit,
    /// <summary>The scheduler's deadline passed.</summary>
    Deadline,
    /// <summary>A node broke down or could not be started.</summary>
    NodeFailure,
    /// <summary>The scheduler took the nodes away for another job.</summary>
    Preempted,
    /// <summary>A job that this one waited for failed.</summary>
    DependencyFailed,
    /// <summary>Somebody other than the portal's user cancelled the job.</summary>
    CancelledBySite,
    /// <summary>The scheduler refused the job; its words are the evidence.</summary>
    SubmissionRefused,
    /// <summary>The job could not be started.</summary>
    CouldNotStart,
    /// <summary>An input does not exist.</summary>
    InputMissing,
    /// <summary>A declared output was not made.</summary>
    OutputMissing,
    /// <summary>The repository, ref or folder of the code does not exist.</summary>
    CodeMissing,
    /// <summary>What arrived is not what was sent.</summary>
    IntegrityMismatch,
    /// <summary>No room, or no quota, is left on the machine or endpoint, or of the project.</summary>
    QuotaExceeded,
    /// <summary>A file or folder may not be read or written.</summary>
    PermissionDenied,
    /// <summary>The login was refused: the public key is not in authorized_keys, or the account is locked.</summary>
    LoginRefused,
    /// <summary>The machine showed a host key that nobody confirmed.</summary>
    HostKeyChanged,
    /// <summary>The machine, the server or the network between does not answer.</summary>
    Unreachable,
    /// <summary>The scheduler does not answer.</summary>
    SchedulerUnavailable,
    /// <summary>The scheduler knows the job no longer and nothing tells how it ended.</summary>
    JobLost,
    /// <summary>The right to use the credential ended or was revoked.</summary>
    CredentialUnavailable,
    /// <summary>The description cannot be carried out as it is.</summary>
    InvalidDescription,
    /// <summary>A fault of the portal itself.</summary>
    Internal,
    /// <summary>An SFTP server showed another host key than the one given with its endpoint.</summary>
    EndpointKeyChanged,
    /// <summary>Somebody who looked at the run did not approve it; the evidence is what they said.</summary>
    ApprovalRefused,
    /// <summary>What was about to run is not what was approved; both hashes are the evidence.</summary>
    CodeNotApproved,
    /// <summary>The portal's operators do not let it connect there.</summary>
    AddressRefused,
}

/// <summary>A failure with what shows it and what to do about it. Holds no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">What happened, in a sentence.</param>
/// <param name="Evidence">Exit code, the scheduler's word, the last lines of stderr: text as it came.</param>
/// <param name="Advice">What to do.</param>
public sealed record Failure(FailureName Name, string Message, string? Evidence = null, string? Advice = null);
