using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Web.Reports;

namespace Portal.Web.Components.Audit;

/// <summary>What the page of the record shows; kept in the address, in the words of REST:
/// <c>/audit?type=run_failed&amp;from=2026-05-04T00:00:00Z&amp;event=4711</c>.</summary>
public sealed class AuditQuery
{
    /// <summary>The page.</summary>
    public const string Path = "/audit";

    private static readonly string[] Conditions =
        ["text", "from", "until", "type", "door", "project", "actor", "machine", "credential", "run", "correlation", "report"];

    /// <summary>The conditions that are chosen by name, and what they are called.</summary>
    public static IReadOnlyList<(string Key, EventChoiceKind Kind, string Label)> Named { get; } =
    [
        ("project", EventChoiceKind.Project, "Project"), ("actor", EventChoiceKind.Actor, "Person"),
        ("machine", EventChoiceKind.Machine, "Machine"), ("credential", EventChoiceKind.Credential, "Key"),
            ("run", EventChoiceKind.Run, "Run"),
    ];

    private readonly Dictionary<string, string> given;

    private AuditQuery(Dictionary<string, string> given) => this.given = given;

    /// <summary>The event that is shown beside the list.</summary>
    public long? Event => Number("event");

    /// <summary>Whether the oldest comes first.</summary>
    public bool OldestFirst => this["order"] == "oldest";

    /// <summary>Whether the list begins where it does without a place: nothing newer stands in front of it.</summary>
    public bool Latest => !OldestFirst && Number("before") is null && Number("after") is null;

    /// <summary>Whether the page was gone back to: it ends in front of a place.</summary>
    public bool Backward => Number(OldestFirst ? "before" : "after") is not null;

    /// <summary>Whether anything narrows the list.</summary>
    public bool Narrowed => Conditions.Any(given.ContainsKey);

    /// <summary>The types that are looked for; none where all are.</summary>
    public IReadOnlyList<string> Types => this["type"]?.Split(',',
        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The value of a condition; null where it is not given.</summary>
    public string? this[string key] => given.GetValueOrDefault(key);

    /// <summary>Reads it from an address; what is empty is passed over.</summary>
    public static AuditQuery From(Uri address) => new(QueryHelpers.ParseQuery(address.Query)
        .Select(pair => (pair.Key, Value: pair.Value.ToString().Trim())).Where(pair => pair.Value.Length > 0)
        .ToDictionary(pair => pair.Key, pair => pair.Value));

    /// <summary>The question, or what in the address cannot be read.</summary>
    public Result<EventQuestion> Question()
    {
        var wrong = new List<Problem>();
        var question = new EventQuestion
        {
            Text = this["text"], Types = Types is { Count: > 0 } types ? types : null, Door = this["door"], Actor = this["actor"],
            From = Read<DateTimeOffset>("from", Moment), Until = Read<DateTimeOffset>("until", Moment),
            Project = Read<Id<Project>>("project", Known<Project>),
            Machine = Read<Id<Machine>>("machine", Known<Machine>),
            Credential = Read<Id<Credential>>("credential", Known<Credential>), Run = Read<Id<Run>>("run", Known<Run>),
            Correlation = Read<Guid>("correlation", text => Guid.TryParse(text, out var id) ? id : null),
            After = Read<long>("after", Position), Before = Read<long>("before", Position),
        };
        if (this["report"] is { } report)
        {
            var runs = ReportAddress.ReadRuns(report);
            if (runs.Ok) question = question with { Usage = runs.Value };
            else Wrong("report");
        }
        return wrong.Count > 0 ? Result.Refused<EventQuestion>(wrong) : question;

        T? Read<T>(string key, Func<string, T?> read) where T : struct
        {
            if (this[key] is not { } text) return null;
            var value = read(text);
            if (value is null) Wrong(key);
            return value;
        }

        void Wrong(string key) => wrong.Add(
            Problem.Invalid(key, $"The address of this page has a {key} that cannot be read.", "Choose another, or clear it."));
    }

    /// <summary>The address with other values; null takes one away. A place in the list and the event shown belong to the list as it
    /// was, and are taken away where they are not named.</summary>
    public string With(params (string Key, string? Value)[] changes)
    {
        var next = given.Where(pair => pair.Key is not ("before" or "after" or "event")).ToDictionary();
        foreach (var (key, value) in changes)
            if (string.IsNullOrWhiteSpace(value)) next.Remove(key);
            else next[key] = value.Trim();
        return QueryHelpers.AddQueryString(Path, next!);
    }

    /// <summary>The address without one of the types.</summary>
    public string Without(string type) => With(("type", string.Join(',', Types.Where(one => one != type))));

    /// <summary>The address with an event beside the same list; null for none.</summary>
    public string Showing(long? position) =>
        With(("before", this["before"]), ("after", this["after"]), ("event", position?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Where all that fits is to be had as a file.</summary>
    /// <param name="extension">Which kind.</param>
    /// <param name="proof">Whether with what shows that it was sealed.</param>
    public string Export(string extension, bool proof = false) =>
        proof ? QueryHelpers.AddQueryString(Plain(extension), "proof", "true") : Plain(extension);

    private string Plain(string extension) => QueryHelpers.AddQueryString($"{Path}/events.{extension}",
        given.Where(pair => Conditions.Contains(pair.Key)).SelectMany(pair => pair.Key == "type" ? pair.Value.Split(',') : [pair.Value],
            (pair, value) => KeyValuePair.Create<string, string?>(pair.Key, value)));

    private long? Number(string key) => this[key] is { } text ? Position(text) : null;

    private static long? Position(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Id<T>? Known<T>(string text) => Id<T>.TryParse(text, out var id) ? id : null;

    private static DateTimeOffset? Moment(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
