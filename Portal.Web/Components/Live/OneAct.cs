using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Live;

/// <summary>A part that does one long thing at a time. The person can stop it, and it ends when the part goes.</summary>
public abstract class OneAct : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource? doing;

    /// <summary>Whether it is being done now.</summary>
    protected bool Busy => doing is not null;

    /// <summary>Stops what is being done.</summary>
    protected void Stop() => doing?.Cancel();

    /// <summary>Does it, unless something is being done already. Stopped, it ends without a word.</summary>
    protected async Task DoAsync(Func<CancellationToken, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Busy) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        doing = stop;
        StateHasChanged();
        try
        {
            await act(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The person did not want to wait, or the page is gone.
        }
        finally
        {
            doing = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
