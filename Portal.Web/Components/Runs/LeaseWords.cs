using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>Leases in words.</summary>
public static class LeaseWords
{
    /// <summary>How often one was used.</summary>
    public static string Times(LeaseUse? use) => use switch
    {
        null => "not yet",
        { Times: 1 } => "once",
        _ => $"{Format.Count(use.Times)} times",
    };

    /// <summary>Why one is over.</summary>
    public static string Ended(LeaseState lease) => lease.Ended switch
    {
        "done" => "over: the run ended",
        "expired" => "over: its time was up",
        "revoked" => "over: it was revoked",
        "replaced" => "over: another took its place",
        var other => $"over: {other}",
    };
}
