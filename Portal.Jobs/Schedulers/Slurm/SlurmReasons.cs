namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>Slurm's reasons for waiting (squeue(1), JOB REASON CODES), in plain words.</summary>
internal static class SlurmReasons
{
    private static readonly Dictionary<string, string> Waits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Priority"] = "Jobs of higher priority go first.",
        ["Resources"] = "Waits until enough nodes or cores are free.",
        ["BeginTime"] = "Its earliest start lies ahead.",
        ["Dependency"] = "Waits for another job.",
        ["JobArrayTaskLimit"] = "As many tasks of the array run as may at a time.",
        ["Licenses"] = "Waits for a licence.",
        ["Reservation"] = "Waits for its reservation.",
        ["PartitionDown"] = "The partition is closed for now.",
        ["PartitionInactive"] = "The partition is not active.",
        ["Cleaning"] = "Its last run is still being cleaned up.",
        ["Prolog"] = "Its nodes are being prepared.",
        ["ReqNodeNotAvail"] = "Nodes that it needs are not available now.",
        ["NodeDown"] = "A node that it needs is down.",
    };

    private static readonly Dictionary<string, string> Holds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DependencyNeverSatisfied"] = "A job that it waits for can never end as needed. Cancel it.",
        ["JobHeldUser"] = "It was held by its owner: release it on the machine, or cancel it.",
        ["JobHeldAdmin"] = "It was held by the site: ask its support.",
        ["JobHoldMaxRequeue"] = "It was put back too often and is held: ask the site's support.",
        ["launch_failed_requeued_held"] = "It could not be launched and is held: ask the site's support.",
        ["user_env_retrieval_failed_requeued_held"] = "The login environment could not be read and it is held: release it.",
        ["PartitionTimeLimit"] = "It asks for a longer time than the partition gives. Ask for less, or another partition.",
        ["PartitionNodeLimit"] = "It asks for more nodes than the partition gives. Ask for less, or another partition.",
        ["PartitionConfig"] = "It does not fit the partition as it is set up. Ask for less, or another partition.",
        ["BadConstraints"] = "No node is as it asks for. Ask for less, or another partition.",
        ["InvalidAccount"] = "The account is not known to the site.",
        ["InvalidQOS"] = "The quality of service is not known to the site.",
    };

    /// <summary>The reason in plain words with Slurm's own in brackets; null for no reason. Whether a person is needed.</summary>
    internal static (string? Words, bool Held) Of(string text)
    {
        var reason = text.Trim().TrimStart('(').TrimEnd(')');
        if (reason is "" or "None" or "N/A" or "null")
            return (null, false);
        var word = reason.Split(' ', ',', ':')[0];
        if (Holds.TryGetValue(word, out var held))
            return ($"{held} ({reason})", true);
        if (Waits.TryGetValue(word, out var waits))
            return ($"{waits} ({reason})", false);
        if (word.StartsWith("Assoc", StringComparison.OrdinalIgnoreCase) || word.StartsWith("QOS", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("MaxCpu", StringComparison.OrdinalIgnoreCase))
            return ($"A limit of the account or its quality of service is reached; it starts when others end. ({reason})", false);
        return reason.StartsWith("Nodes required for job are", StringComparison.OrdinalIgnoreCase)
            ? ($"Nodes that it needs are down or kept for others. ({reason})", false)
            : ($"The scheduler says: {reason}", false);
    }
}
