using System.Collections.Concurrent;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Sees to it that a project moves no more bytes a month than it may. What this node has on its way counts beside what
/// has arrived; a file that leads beyond the quota is held before it begins, or broken off as soon as that is seen.</summary>
internal sealed class TransferMeter(ByteAllowance allowance)
{
    private readonly ConcurrentDictionary<MeteredTransfer, long> _moving = new();

    /// <summary>Begins to count a file.</summary>
    /// <param name="project">Whose quota it counts for.</param>
    /// <param name="size">Its size, where it is known from an attempt before.</param>
    /// <param name="interrupt">Breaks it off.</param>
    /// <exception cref="PlaceException">There is no room for it this month: the run is held until there is.</exception>
    public async Task<MeteredTransfer> BeginAsync(Id<Project> project, long? size, CancellationToken interrupt)
    {
        var transfer = new MeteredTransfer(this, project, interrupt);
        await transfer.CountAsync(size ?? 0, interrupt);
        if (transfer.Refusal is not { } refusal) return transfer;
        transfer.Dispose();
        throw new PlaceException(FaultKind.Blocking, refusal);
    }

    internal Task<Failure?> CountAsync(MeteredTransfer transfer, long bytes, CancellationToken cancel)
    {
        _moving[transfer] = bytes;
        var moving = _moving.Where(pair => pair.Key.Project == transfer.Project).Sum(pair => pair.Value);
        return allowance.RefusalAsync(transfer.Project, moving, cancel);
    }

    internal void End(MeteredTransfer transfer) => _moving.TryRemove(transfer, out _);
}

/// <summary>A file on its way; it counts until it is disposed of.</summary>
internal sealed class MeteredTransfer(TransferMeter meter, Id<Project> project, CancellationToken interrupt) : IDisposable
{
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(interrupt);

    /// <summary>Whose quota it counts for.</summary>
    public Id<Project> Project => project;

    /// <summary>Ends when the quota is passed, or somebody breaks the transfer off.</summary>
    public CancellationToken Goes => _over.Token;

    /// <summary>Why it goes no further; null while it may.</summary>
    public Failure? Refusal { get; private set; }

    /// <summary>Notes how many bytes the file takes of the quota.</summary>
    public async Task CountAsync(long bytes, CancellationToken cancel)
    {
        Refusal ??= await meter.CountAsync(this, bytes, cancel);
        if (Refusal is not null) await _over.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.End(this);
        _over.Dispose();
    }
}
