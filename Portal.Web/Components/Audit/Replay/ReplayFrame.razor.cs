using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Audit.Replay;

public sealed partial class ReplayFrame : ComponentBase, IDisposable
{
    private const int Beside = 5;

    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<Id<User>, string> names = [];
    private IReadOnlyList<(string Place, string Tone)> marks = [];
    private IReadOnlyList<Difference> changed = [];
    private IReadOnlyList<Difference> stood = [];
    private IReadOnlyList<Difference> between = [];
    private CancellationTokenSource? playing;
    private IReadOnlyList<Recorded> marked = [];
    private (long Version, long? Since) given;
    private long at = 1;
    private long? since;

    /// <summary>All its events, oldest first, one at least.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<Recorded> Events { get; set; } = [];

    /// <summary>The version that the address names.</summary>
    [Parameter, EditorRequired] public long Version { get; set; }

    /// <summary>The version that it is held against; null for none.</summary>
    [Parameter] public long? Since { get; set; }

    /// <summary>What can be said about it before and after an event, by that event's version.</summary>
    [Parameter, EditorRequired] public Func<long, (IReadOnlyList<Trait> Before,
        IReadOnlyList<Trait> After)> Traits { get; set; } = default!;

    /// <summary>An event in a few words.</summary>
    [Parameter, EditorRequired] public Func<Recorded, string> Words { get; set; } = default!;

    /// <summary>The tone of its mark.</summary>
    [Parameter] public Func<Recorded, string> Tone { get; set; } = _ => "neutral";

    /// <summary>The page's address, without the moment.</summary>
    [Parameter, EditorRequired] public string Path { get; set; } = "";

    /// <summary>Told where one stands, and what that is held against, before the address says so: who stands at the last event
    /// is to stay at the last one.</summary>
    [Parameter, EditorRequired] public Action<long, long?> Moved { get; set; } = default!;

    /// <summary>What stands above the rest, by version.</summary>
    [Parameter] public RenderFragment<long>? Head { get; set; }

    private bool Playing => playing is not null;

    private Recorded Event => Events[(int)at - 1];

    private string Said => $"Event {at} of {Events.Count}: {Event.Type}, {Exact(Event.Time)}";

    private IEnumerable<Recorded> Around => Events.Skip((int)Math.Max(0, at - 1 - Beside)).Take((2 * Beside) + 1);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(marked, Events)) (marked, marks) = (Events, ReplayMarks.Of(Events, Tone));
        // Drawn anew for another reason, it stays where it is.
        if ((Version, Since) == given) return;
        since = Since;
        await ShowAsync(Version);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private static string Exact(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    // As a field of date and time has it; it knows no zone, and its label says that it is UTC.
    private string Field => Event.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private string Address(long version) => Address("version", version.ToString(CultureInfo.InvariantCulture));

    private string Address(string key, string moment) =>
        $"{Path}?{key}={Uri.EscapeDataString(moment)}{(since is null ? "" : $"&since={since}")}";

    // The page finds the event of such a moment, or says why there is none.
    private void GoTo(string key, object? given, string zone = "")
    {
        if (given?.ToString()?.Trim() is not { Length: > 0 } moment) return;
        playing?.Cancel();
        Where.NavigateTo(Address(key, moment + zone), replace: true);
    }

    private async Task MoveAsync(object? value)
    {
        playing?.Cancel();
        if (long.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out var version) && version >= 1
            && version <= Events.Count)
            await ShowAsync(version);
    }

    private async Task StepAsync(long version)
    {
        playing?.Cancel();
        await ShowAsync(Math.Clamp(version, 1, Events.Count));
        Keep();
    }

    // The moment is in the address once it rests: going back leads out of the replay, not through it.
    private void Keep() => Where.NavigateTo(Address(at), replace: true);

    private async Task HoldAsync()
    {
        since = since is null ? at : null;
        await StepAsync(at);
    }

    // The whole takes at most half a minute, and a step no longer than a look.
    private async Task PlayAsync()
    {
        if (playing is not null)
        {
            await playing.CancelAsync();
            return;
        }
        using var stop = playing = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        var pause = TimeSpan.FromMilliseconds(Math.Clamp(30_000.0 / Events.Count, 80, 700));
        try
        {
            while (at < Events.Count)
            {
                await Task.Delay(pause, stop.Token);
                await ShowAsync(at + 1);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Paused, moved by hand, or left.
        }
        playing = null;
        if (!gone.IsCancellationRequested) Keep();
    }

    private async Task ShowAsync(long version)
    {
        (at, given) = (version, (version, since));
        Moved(version, since);
        var (before, after) = Traits(version);
        changed = Differences.Of(before, after);
        stood = Differences.Of(after, after, all: true);
        between = since is { } from ? Differences.Of(Traits(from).After, after) : [];
        var unknown = TraitWords.People([.. changed, .. stood, .. between], Event).Where(person => !names.ContainsKey(person))
            .Distinct().ToList();
        if (unknown.Count == 0) return;
        foreach (var person in unknown) names[person] = PersonWords.Erased(person);
        foreach (var (person, name) in await People.NamesAsync(unknown, CancellationToken.None)) names[person] = name;
    }
}
