using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Accounts;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Audit;

public sealed partial class AuditPage
{
    private const int Size = 50;

    private readonly Dictionary<Id<User>, string> names = [];
    private readonly Dictionary<string, EventSubject> subjects = [];
    private AuditQuery query = AuditQuery.From(new("http://localhost" + AuditQuery.Path));
    private IReadOnlyList<(string, string)> types = [];
    private IReadOnlyDictionary<string, string> chosen = new Dictionary<string, string>();
    private IReadOnlyList<Problem>? problems;
    private IReadOnlyList<Recorded>? events;
    private EventCount? total, newer;
    private Recorded? detail;
    private EventTree tree = new([], false);
    private bool first = true, more;
    private Task loading = Task.CompletedTask;

    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private CallerFactory Callers { get; set; } = default!;
    [Inject] private SearchEventsHandler Searching { get; set; } = default!;
    [Inject] private EventCausesHandler Causes { get; set; } = default!;
    [Inject] private EventSubjects Subjects { get; set; } = default!;
    [Inject] private EventChoicesHandler Choices { get; set; } = default!;
    [Inject] private EventTypes Known { get; set; } = default!;
    [Inject] private IPeople People { get; set; } = default!;
    [Inject] private IDocuments Documents { get; set; } = default!;

    private string Total => total is null ? ""
        : $"{(total.Estimated ? "about " : "")}{Format.Count(total.Number)} {(total.Number == 1 ? "event" : "events")}";

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        types = [.. Known.Names.Select(type => (type, AuditWords.Type(type))).OrderBy(type => type.Item2, StringComparer.Ordinal)];
        await base.OnInitializedAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancel)
    {
        query = AuditQuery.From(new(Navigation.Uri));
        var caller = await Callers.PageAsync();
        chosen = await ChosenAsync(caller, cancel);
        var asked = query.Question();
        if (asked.Ok) await SearchAsync(caller, asked.Value, cancel);
        else (problems, events, total) = (asked.Problems, null, null);
        await ShowAsync(caller, cancel);
    }

    // What the list is narrowed by has a name for who may see it.
    private async Task<IReadOnlyDictionary<string, string>> ChosenAsync(Caller caller, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>();
        foreach (var (key, kind, _) in AuditQuery.Named)
            if (query[key] is { } id && await Choices.NameAsync(caller, kind, id, cancel) is { } name) found[key] = name;
        return found;
    }

    // What comes now stands in front of the list, which does not move under who reads it.
    protected override bool Wants(Recorded recorded) => query.Latest && events is not null && newer is not { Estimated: true };

    protected override async Task OnEventsAsync(IReadOnlyList<Recorded> came, CancellationToken cancel)
    {
        await Documents.CaughtUpAsync<EventSearchIndex>(came[^1].Position, cancel);
        if (query.Question() is not { Ok: true } asked || !query.Latest) return;
        var top = events is { Count: > 0 } ? events[0].Position : 0;
        newer = (await Searching.NewerAsync(await Callers.PageAsync(), asked.Value, top, cancel)).Value;
    }

    protected override ValueTask LeaveAsync()
    {
        Navigation.LocationChanged -= Moved;
        return ValueTask.CompletedTask;
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath != AuditQuery.Path) return;
        _ = InvokeAsync(() => loading = AgainAsync(loading));
    }

    // One after the other: what an earlier address asked for never takes the place of what a later one did.
    private async Task AgainAsync(Task before)
    {
        await Task.WhenAny(before);
        await LoadAsync(Gone);
        StateHasChanged();
    }

    private async Task SearchAsync(Caller caller, EventQuestion question, CancellationToken cancel)
    {
        var found = await Searching.PageAsync(caller, question, query.OldestFirst == query.Backward, Size, cancel);
        (problems, events, newer, total) = (found.Problems, found.Value?.Events, null, null);
        if (!found.Ok) return;
        if (query.Backward) events = [.. found.Value.Events.Reverse()];
        var placed = question is { After: not null } or { Before: not null };
        (first, more) = query.Backward ? (!found.Value.More, true) : (!placed, found.Value.More);
        await NameAsync(events!, cancel);
        total = (await Searching.CountAsync(caller, question, cancel)).Value;
    }

    private async Task ShowAsync(Caller caller, CancellationToken cancel)
    {
        detail = null;
        if (query.Event is not { } position) return;
        var found = await Causes.FindAsync(caller, position, cancel);
        if (!found.Ok)
        {
            problems = found.Problems;
            return;
        }
        detail = found.Value;
        tree = (await Causes.OfAsync(caller, detail, cancel)).Value ?? tree;
        await NameAsync([detail], cancel);
    }

    private async Task NameAsync(IReadOnlyList<Recorded> shown, CancellationToken cancel)
    {
        foreach (var (stream, subject) in await Subjects.OfAsync(shown.Select(recorded => recorded.Stream), cancel))
            subjects[stream] = subject;
        var unknown = shown.Where(recorded => recorded.Metadata.ActorKind == "user")
            .Select(recorded => Id<User>.TryParse(recorded.Metadata.Actor, out var id) ? id : default)
            .Where(id => id != default && !names.ContainsKey(id)).Distinct().ToList();
        foreach (var (id, name) in await People.NamesAsync(unknown, cancel)) names[id] = name;
    }

    // Keyset paging: behind the last of this page, or in front of its first.
    private string Page(bool back)
    {
        if (events is not { Count: > 0 }) return query.With();
        var place = (back ? events[0] : events[^1]).Position.ToString(CultureInfo.InvariantCulture);
        return query.With((query.OldestFirst != back ? "after" : "before", place));
    }
}
