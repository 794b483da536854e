using System.Text.RegularExpressions;

namespace Portal.Web.Components.Parts;

/// <summary>How a state is shown: always an icon, a word and a colour.</summary>
/// <param name="Word">The word.</param>
/// <param name="Icon">Name of the icon.</param>
/// <param name="Tone"><c>neutral</c>, <c>going</c>, <c>wait</c>, <c>good</c> or <c>bad</c>: a class <c>tone-…</c>.</param>
/// <param name="Moves">Whether the icon turns: something is being done right now.</param>
public sealed record StateLook(string Word, string Icon, string Tone, bool Moves = false);

/// <summary>The look of every state that the portal knows, by the name it has in the domain.</summary>
public static partial class States
{
    private static readonly Dictionary<string, StateLook> Looks = new()
    {
        // A run's phases
        ["Submitted"] = new("Submitted", "send", "neutral"),
        ["FetchingInputs"] = new("Fetching inputs", "download", "going", true),
        ["FetchingCode"] = new("Fetching code", "code", "going", true),
        ["StagingIn"] = new("Staging in", "upload", "going", true),
        ["Queued"] = new("Queued", "queue", "wait"),
        ["Running"] = new("Running", "working", "going", true),
        ["Collecting"] = new("Collecting", "collect", "going", true),
        ["Uploading"] = new("Uploading", "upload", "going", true),
        ["Succeeded"] = new("Succeeded", "check", "good"),
        ["Failed"] = new("Failed", "cross", "bad"),
        ["Cancelled"] = new("Cancelled", "stop", "neutral"),
        ["Cancelling"] = new("Cancelling", "working", "neutral", true),
        ["Blocked"] = new("Blocked", "blocked", "bad"),
        ["Paused"] = new("Paused", "pause", "wait"),
        ["AwaitingToken"] = new("Awaiting token", "key", "wait"),
        ["AwaitingApproval"] = new("Awaiting approval", "hand", "wait"),
        // Steps, jobs and transfers
        ["Waiting"] = new("Waiting", "clock", "neutral"),
        ["Submitting"] = new("Submitting", "send", "going", true),
        ["Unclear"] = new("Being looked up", "search", "wait"),
        ["Pending"] = new("Pending", "clock", "wait"),
        ["Skipped"] = new("Skipped", "right", "neutral"),
        ["Unknown"] = new("Unknown", "warning", "wait"),
        ["Done"] = new("Done", "check", "good"),
        // What a retry does with a part of a run
        ["Keep"] = new("Kept", "check", "good"),
        ["Repeat"] = new("Again", "refresh", "going"),
        ["Begin"] = new("Ahead", "clock", "neutral"),
        // Machines and credentials
        ["Ready"] = new("Ready", "check", "good"),
        ["Testing"] = new("Testing", "working", "going", true),
        ["KeyNeeded"] = new("Key needed", "key", "wait"),
        ["KeyNotInstalled"] = new("Key not installed", "key", "wait"),
        ["TestFailed"] = new("Test failed", "cross", "bad"),
        ["Untested"] = new("Not tested", "clock", "neutral"),
        ["HostKeyUnconfirmed"] = new("Host key to confirm", "hand", "wait"),
        ["HostKeyChanged"] = new("Host key changed", "blocked", "bad"),
        ["Unreachable"] = new("Unreachable", "offline", "bad"),
        ["Revoked"] = new("Revoked", "stop", "neutral"),
        ["Retired"] = new("Retired", "stop", "neutral"),
        ["Removed"] = new("Removed", "stop", "neutral"),
        ["Disabled"] = new("Disabled", "stop", "bad"),
        ["Active"] = new("Active", "check", "good"),
        ["Expired"] = new("Expired", "clock", "neutral"),
        // What must be kept
        ["Holds"] = new("Holds", "pause", "wait"),
        ["Lifted"] = new("Lifted", "stop", "neutral"),
    };

    /// <summary>Names of the phases that a run goes through when nothing stands in its way.</summary>
    public static IReadOnlyList<string> Path { get; } =
        ["Submitted", "FetchingInputs", "FetchingCode", "StagingIn", "Queued", "Running", "Collecting", "Uploading", "Succeeded"];

    /// <summary>All names with a look of their own.</summary>
    public static IReadOnlyCollection<string> Names => Looks.Keys;

    /// <summary>The look of a state; one that is not listed is shown by its name, in words, neutral.</summary>
    public static StateLook Of(string name) =>
        Looks.TryGetValue(name, out var look) ? look : new StateLook(Words(name), "dot", "neutral");

    /// <summary>"AwaitingToken" as "Awaiting token".</summary>
    public static string Words(string name)
    {
        var words = Capitals().Replace(name, " $1").ToLowerInvariant();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Capitals();
}
