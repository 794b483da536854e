using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>The open lines to one machine, one for each credential in use. A line is opened with a lease's key, serves every run whose
/// lease lends the same credential, and is closed soon after the last of them.</summary>
internal sealed class MachineLines(
    Id<Machine> machine, IDocuments documents, ISites sites, ISchedulers schedulers, ILeaseKeys leases, ILeaseUses uses,
        IChance chance,
    PipelineOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<Id<Credential>, MachineLine> _open = [];

    /// <summary>The line for a run, opened where it is not open yet.</summary>
    /// <exception cref="PlaceException">The lease is over, the host key is not to be trusted, or the machine does not answer.</exception>
    public async Task<MachineLine> OfAsync(RunLog log, CancellationToken cancel)
    {
        var view = await documents.FindAsync<MachineView>(machine.ToString(), cancel)
            ?? throw new InvalidOperationException("A run's machine is always known.");
        CheckTrust(view);
        if (log.State.Lease is not { Ended: null } lease || lease.Until <= chance.Now) throw NoLease("The right to use the key for this run is over.");
        if (!view.Serves(log.State.Request.ProjectId))
            throw NoLease($"{view.Settings.Name} is not shared with the run's project any more.");
        // Such leases are ended when the machine is changed; one that was granted at that very moment is of no use either.
        if (view.Settings.AttendedOnly && !lease.Attended) throw NoLease($"{view.Settings.Name} takes attended runs only.");
        await CheckMembershipAsync(log.State.Request, cancel);
        await _turn.WaitAsync(cancel);
        try
        {
            if (_open.TryGetValue(lease.Credential, out var line))
            {
                if (Same(line.Machine, view)) return await UsedAsync(line, lease.Id, cancel);
                _open.Remove(lease.Credential);
                await line.DisposeAsync();
            }
            line = await OpenAsync(view, new(lease.Id, log.Id, lease.Credential, lease.Until, lease.Attended), cancel);
            _open[lease.Credential] = line;
            return await UsedAsync(line, lease.Id, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lines that are open now.</summary>
    public async Task<IReadOnlyList<MachineLine>> OpenAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return [.. _open.Values];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes one line; who still uses it goes on with another.</summary>
    public async Task CloseAsync(MachineLine line, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (!_open.TryGetValue(line.Credential, out var open) || open != line) return;
            _open.Remove(line.Credential);
            await line.DisposeAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes every line whose credential nobody may use any more.</summary>
    /// <param name="inUse">The credentials in use, asked for while no run can take a line.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task CloseUnusedAsync(Func<IReadOnlySet<Id<Credential>>> inUse, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var credential in _open.Keys.Except(inUse()).ToList())
            {
                _open.Remove(credential, out var line);
                await line!.DisposeAsync();
                logger.LogInformation("Closed the line to {Machine}: no run uses the credential {Credential} now.", line.Machine.Settings.Name, credential);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var line in _open.Values) await line.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<MachineLine> UsedAsync(MachineLine line, Id<Lease> lease, CancellationToken cancel)
    {
        if (line.Leases.Add(lease)) await uses.NoteAsync(lease, cancel);
        return line;
    }

    private async Task<MachineLine> OpenAsync(MachineView view, LeaseTerms terms, CancellationToken cancel)
    {
        var key = await leases.OpenAsync(terms, cancel) ?? throw NoLease(terms.Attended
            ? "The key of an attended run is kept in memory alone, and was lost when the portal was started anew."
            : "The key lent to this run was deleted.");
        var scheduler = schedulers.Find(view.Settings.Scheduler) ?? throw new PlaceException(FaultKind.Blocking, new(
            FailureName.SchedulerUnavailable, $"The portal does not speak to schedulers called {view.Settings.Scheduler}.",
            Advice: "Change the machine's scheduler on its page."));
        var site = await sites.ConnectAsync(SiteAddress.Of(view), new(key), cancel);
        return new(view, terms.Credential, site, scheduler, options, logger);
    }

    // Leases are ended when their person goes; one that was granted at that very moment, or before a crash, is of no use either.
    private async Task CheckMembershipAsync(RunSubmitted request, CancellationToken cancel)
    {
        var member = await documents.FindAsync<Membership>(Membership.IdOf(request.ProjectId, request.SubmittedBy), cancel);
        if (member is null || !Policy.Allows(member.Role, Permission.Submit))
            throw NoLease("Who submitted the run may not submit in its project any more.");
    }

    private static void CheckTrust(MachineView view)
    {
        if (view.State == MachineState.HostKeyChanged)
        {
            var who = view.HostKeyMismatchAt is { } jump ? $"The jump host {jump} before {view.Settings.Name}" : view.Settings.Name;
            throw new PlaceException(FaultKind.Blocking, new(FailureName.HostKeyChanged,
                $"{who} showed a host key that nobody confirmed. Nothing is sent to it.", view.HostKeyMismatch,
                "Ask its operators whether the key was changed, then confirm the new one on the machine's page."));
        }
        if (view.State == MachineState.HostKeyUnconfirmed)
        {
            throw new PlaceException(FaultKind.Blocking, new(FailureName.HostKeyChanged,
                $"The host key of {view.Settings.Name} has to be confirmed anew.", null, "Confirm it on the machine's page."));
        }
    }

    private static bool Same(MachineView open, MachineView now) =>
        open.HostKeys.SequenceEqual(now.HostKeys) && now.Settings.JumpHosts.All(jump => open.KeysOf(jump).SequenceEqual(now.KeysOf(jump)))
        && open.Settings with { SetUpLines = [], JumpHosts = [] } == now.Settings with { SetUpLines = [], JumpHosts = [] }
        && open.Settings.SetUpLines.SequenceEqual(now.Settings.SetUpLines) && open.Settings.JumpHosts.SequenceEqual(now.Settings.JumpHosts);

    private static PlaceException NoLease(string message) => new(FaultKind.Blocking, new(FailureName.CredentialUnavailable, message, null,
        "Who submitted the run gives their security token on its page; the run goes on from where it stands."));
}
