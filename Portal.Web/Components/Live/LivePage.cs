using Microsoft.AspNetCore.Components;
using Portal.EventStore;

namespace Portal.Web.Components.Live;

/// <summary>A page that follows events. It loads, then hears of everything after the position it loaded at, in batches, on its
/// own thread; when it goes, it stops listening and waits until that has stopped. While prerendering it only loads.</summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Task following = Task.CompletedTask;

    // The token is taken once: it goes on to say that the page is gone when its source is put away, and a page that is left
    // while it loads still asks.
    protected LivePage() => Gone = gone.Token;

    [Inject] private IEventTail Tail { get; set; } = default!;
    [Inject] private IEventStore Store { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;
    [Inject] private ILogger<LivePage> Log { get; set; } = default!;

    /// <summary>Ends when the page goes; for everything that it waits for.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Loads what the page shows.</summary>
    protected abstract Task LoadAsync(CancellationToken cancel);

    /// <summary>Whether the page has anything to do with this event. Quick: it is asked for every event of the portal.</summary>
    protected abstract bool Wants(Recorded recorded);

    /// <summary>Something happened; by default everything is loaded anew. The page is drawn afterwards.</summary>
    protected virtual Task OnEventsAsync(IReadOnlyList<Recorded> events, CancellationToken cancel) => LoadAsync(cancel);

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            await LoadAsync(Gone);
            return;
        }
        // The position first: what happens while loading comes once more, which is harmless; the other way round it were lost.
        var position = await Store.LastPositionAsync(Gone);
        await LoadAsync(Gone);
        following = FollowAsync(position);
    }

    private async Task FollowAsync(long after)
    {
        try
        {
            await foreach (var events in Batches.GatherAsync(Wanted(after), Batches.Pause, Time, Gone))
            {
                await InvokeAsync(async () =>
                {
                    await OnEventsAsync(events, Gone);
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception error)
        {
            Log.LogError(error, "A page stopped following events.");
            await DispatchExceptionAsync(error);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<Recorded>> Wanted(long after)
    {
        await foreach (var batch in Tail.FollowAsync(after, Gone))
        {
            var wanted = batch.Where(Wants).ToList();
            if (wanted.Count > 0)
                yield return wanted;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await following;
        await LeaveAsync();
        gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For what a page has to put away itself.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;
}
