using System.Threading.Channels;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>News of one job.</summary>
internal sealed class Followed(JobQuestion job, Action forget) : IDisposable
{
    private readonly Channel<object> _news = Channel.CreateBounded<object>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private (Verdict, string, string?, string)? _last;

    public JobQuestion Job => job;

    /// <summary>The next report that differs from the one before; null when there was none within the limit.</summary>
    /// <exception cref="PlaceException">Nobody could be asked, several times over.</exception>
    public async Task<JobReport?> NextAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(limit);
        try
        {
            return await _news.Reader.ReadAsync(limited.Token) switch
            {
                JobReport report => report,
                PlaceException fault => throw new PlaceException(fault.Kind, fault.Failure, fault),
                var other => throw new InvalidOperationException($"Nobody tells {other.GetType().Name}."),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Tells a report.</summary>
    /// <returns>Whether it differs from the one before.</returns>
    public bool Tell(JobReport report)
    {
        var counts = string.Join(',', report.Tasks.CountBy(task => task.Verdict).OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Key}{pair.Value}"));
        var now = (report.Verdict, report.Word, report.Reason, counts);
        if (_last == now) return false;
        _last = now;
        _news.Writer.TryWrite(report);
        return true;
    }

    /// <summary>Tells a fault; whatever is reported after it is news again.</summary>
    public void Tell(PlaceException fault)
    {
        _last = null;
        _news.Writer.TryWrite(fault);
    }

    /// <inheritdoc/>
    public void Dispose() => forget();
}
