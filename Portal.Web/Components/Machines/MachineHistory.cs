using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Machines;

/// <summary>One thing that happened to a machine, in words.</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="At">When.</param>
/// <param name="Icon">Name of an icon.</param>
/// <param name="Tone">Tone of the icon.</param>
/// <param name="Text">What happened.</param>
/// <param name="Detail">A fingerprint or other evidence, letter by letter.</param>
/// <param name="Who">Who did it, or how.</param>
public sealed record HistoryLine(long Position, DateTimeOffset At, string Icon, string Tone, string Text, string? Detail,
    string Who);

/// <summary>Turns the events of a machine into lines that a person reads.</summary>
public static class MachineHistory
{
    /// <summary>The people who are named in these events.</summary>
    public static IReadOnlyCollection<Id<User>> People(IReadOnlyList<Recorded> events) =>
        [.. events.Where(recorded => recorded.Metadata.ActorKind == "user").Select(recorded => recorded.Metadata.Actor).Distinct()
            .Select(actor => Id<User>.TryParse(actor, out var id) ? id : default).Where(id => id != default)];

    /// <summary>A line for each event that has words, in the same order.</summary>
    public static IReadOnlyList<HistoryLine> Lines(IReadOnlyList<Recorded> events, IReadOnlyDictionary<Id<User>, string> names) =>
        [.. events.Select(recorded => (recorded, words: Words(recorded.Body))).Where(pair => pair.words.Text is not null)
            .Select(pair => new HistoryLine(pair.recorded.Position, pair.recorded.Time, pair.words.Icon, pair.words.Tone,
                pair.words.Text!, pair.words.Detail, Who(pair.recorded.Metadata, names)))];

    /// <summary>What happened, in words; without text for what has none.</summary>
    public static (string Icon, string Tone, string? Text, string? Detail) Words(object body) => body switch
    {
        MachineRegistered registered => ("plus", "neutral", "Machine added", MachineStanding.Account(registered.Settings)),
        MachineSettingsChanged changed => ("edit", "neutral", "Settings changed", MachineStanding.Account(changed.Settings)),
        HostKeysPinned pinned => ("shield", "good",
            (pinned.Keys.Count == 1 ? "Host key confirmed" : $"{pinned.Keys.Count} host keys confirmed") + Of(pinned.JumpHost),
            string.Join("\n", pinned.Keys.Select(key => key.Fingerprint))),
        HostKeyChanged changed =>
            ("blocked", "bad", $"Another host key was seen{Of(changed.JumpHost)}; everything for this machine stopped", null),
        MachineChecked { Ok: true } => ("check", "good", "Connection test passed", null),
        MachineChecked failed => ("cross", "bad",
            "Connection test failed: " + (failed.Steps.LastOrDefault(step => !step.Ok)?.Message ?? "no step was done"), null),
        MachineShared shared => ("project", "neutral", $"Shared with {shared.WithName}", null),
        MachineUnshared => ("project", "neutral", "No longer shared with a project", null),
        MachineRetired => ("stop", "neutral", "Machine retired", null),
        CredentialCreated created => ("key", "neutral", "Your key was made", created.Fingerprint),
        CredentialRotated => ("refresh", "neutral", "Your key was replaced by another", null),
        CredentialRevoked => ("stop", "neutral", "Your key was revoked", null),
        // The test itself is told by the machine.
        _ => ("dot", "neutral", null, null),
    };

    private static string Of(string? jumpHost) => jumpHost is null ? "" : $" of the jump host {jumpHost}";

    private static string Who(EventMetadata metadata, IReadOnlyDictionary<Id<User>, string> names) => metadata.ActorKind switch
    {
        "user" when Id<User>.TryParse(metadata.Actor, out var id) => names.NameOf(id),
        "token" => "a program with an access token",
        _ => "the portal",
    };
}
