using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers;

/// <summary>What a submission came to.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome() { }

    /// <summary>The scheduler has the job.</summary>
    public sealed record Submitted(JobRef Job) : SubmitOutcome;

    /// <summary>The scheduler said no; nothing was queued. Its words are the evidence.</summary>
    public sealed record Refused(Failure Failure) : SubmitOutcome;

    /// <summary>Nobody can tell: the key must be looked up before anything else is tried.</summary>
    public sealed record Unknown(string Words) : SubmitOutcome;

    /// <summary>Certainly not submitted, and may be tried again later with the same key (no space, a limit on the number of
    /// jobs, scheduler down before it was asked, machine not reached).</summary>
    public sealed record NotYet(Failure Failure) : SubmitOutcome;
}

/// <summary>What looking up a key came to.</summary>
public abstract record FindOutcome
{
    private FindOutcome() { }

    /// <summary>The job exists, or existed.</summary>
    public sealed record Found(JobRef Job) : FindOutcome;

    /// <summary>Queue, accounting and marker all answered, and none knows the key: it was never submitted. Its marker was taken
    /// away, so that a late writer cannot submit it and the key may be submitted again.</summary>
    public sealed record Absent : FindOutcome;

    /// <summary>One of them did not answer, or the submission is too fresh to be sure.</summary>
    public sealed record Unsure(string Words) : FindOutcome;
}
