using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;

namespace Portal.Domain.Runs;

/// <summary>What may be asked of a lease, whoever asks: a new run, or one that is given the token anew.</summary>
internal static class LeaseAsked
{
    /// <summary>Why it cannot be granted; null when it can.</summary>
    /// <param name="leases">Where its key would be kept.</param>
    /// <param name="length">How long it shall last; null for as long as the steps may take.</param>
    /// <param name="attended">Whether its key shall be in memory alone.</param>
    /// <param name="machine">Where the key lets in.</param>
    public static Problem? Refusal(ILeaseKeys leases, TimeSpan? length, bool attended, MachineView machine)
    {
        if (machine.Settings.AttendedOnly && !attended)
        {
            return new("ATTENDED_NEEDED",
                $"{machine.Settings.Name} takes attended runs only: keys for it are lent in memory alone.",
                "attended", Advice: "Submit it as an attended run. After a restart of the portal it waits for your token.");
        }
        if (length is { } asked && (asked <= TimeSpan.Zero || asked > SubmitRun.LongestLease))
            return Problem.Invalid("leaseFor", $"A lease lasts at most {SubmitRun.LongestLease.TotalDays:0} days.");
        // A key kept here would never be seen by whoever does the work: the run would wait for it for ever.
        return attended && !leases.Attends
            ? new("ATTENDED_NOT_HERE", "Attended runs need pages and worker in one process; here they are apart.", "attended",
                Advice: "Submit it unattended, with a short lease; or have its operators put pages and worker into one process.")
            : null;
    }
}
