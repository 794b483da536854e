using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Schedulers;

namespace Portal.Jobs.Sites.Checks;

/// <summary>Tries a machine step by step: reach, host key, login, folders, scheduler.</summary>
public sealed class MachineProbe(ISites sites, IEnumerable<IScheduler> schedulers, OutgoingGate outgoing) : IMachineProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckStep> CheckAsync(
        MachineView machine, byte[] privateKey, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var key = new PrivateKey(privateKey);
        var settings = machine.Settings;
        var address = SiteAddress.Of(machine);
        // What is behind a jump host can be reached only once somebody is logged in there: it shows in the next steps.
        var reach = await ReachAsync(address.Way.First(), cancel);
        yield return reach;
        if (!reach.Ok) yield break;
        var (site, fault) = await ConnectAsync(address, key, cancel);
        if (site is null)
        {
            var refused = fault!.Failure.Name == FailureName.LoginRefused;
            if (refused) yield return HostKeysMatch(address.Way.First(at => at.JumpHost == fault.JumpHost));
            yield return Failed(
                refused ? "login" : fault.Failure.Name == FailureName.HostKeyChanged ? "host-key" : "reach", fault);
            yield break;
        }
        await using (site)
        {
            yield return HostKeysMatch(address);
            yield return await StepAsync("login", $"Logged in as {settings.User}.", "id -un; uname -sr", site, cancel);
            foreach (var (name, folder) in Folders(settings))
            {
                var step = await FolderAsync(site, name, folder, cancel);
                yield return step;
                if (!step.Ok) yield break;
            }
            yield return await SchedulerAsync(site, settings.Scheduler, cancel);
        }
    }

    private static IEnumerable<(string Name, string Folder)> Folders(MachineSettings settings)
    {
        yield return ("work-folder", settings.WorkFolder);
        if (settings.InstallFolder is { } install) yield return ("install-folder", install);
        if (settings.DataFolder is { } data) yield return ("data-folder", data);
    }

    private static CheckStep HostKeysMatch(SiteAddress reached) => new("host-key", true, string.Join(" ", reached.Way.Select(at =>
        $"{(at.JumpHost is null ? "It" : $"The jump host {at.Host}")} shows a confirmed host key: "
        + string.Join(", ", at.HostKeys.Select(key => key.Fingerprint)))));

    private static CheckStep Failed(string name, PlaceException fault) => new(name, false,
        fault.Failure.Evidence is { Length: > 0 } evidence ? $"{fault.Failure.Message} ({evidence})" : fault.Failure.Message,
        fault.Failure.Advice, fault.JumpHost);

    private async Task<CheckStep> ReachAsync(SiteAddress nearest, CancellationToken cancel)
    {
        var place = $"{(nearest.JumpHost is null ? "" : "The jump host ")}{nearest.Host} port {nearest.Port}";
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            await using var stream = await outgoing.ConnectAsync(nearest.Host, nearest.Port, encrypted: true, limited.Token);
            var buffer = new byte[255];
            var count = await stream.ReadAsync(buffer, limited.Token);
            var banner = Encoding.ASCII.GetString(buffer, 0, count).Split('\r', '\n')[0];
            return banner.StartsWith("SSH-", StringComparison.Ordinal)
                ? new("reach", true, $"{place} answers: {banner}")
                : new("reach", false, $"{place} answers, but not as an SSH server.", "Check the port.", nearest.JumpHost);
        }
        catch (PlaceException fault) when (fault.Kind == FaultKind.Blocking)
        {
            return new("reach", false, fault.Failure.Message, fault.Failure.Advice, nearest.JumpHost);
        }
        catch (Exception fault) when (fault is SocketException or IOException or PlaceException
            || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var why = fault is OperationCanceledException ? "no answer within 15 s" : fault.Message;
            return new("reach", false, $"{place} cannot be reached: {why}",
                "Check host and port, whether the machine is in maintenance, and whether a firewall lets the portal through.",
                nearest.JumpHost);
        }
    }

    private async Task<(ISite? Site, PlaceException? Fault)> ConnectAsync(SiteAddress address, PrivateKey key, CancellationToken cancel)
    {
        try
        {
            return (await sites.ConnectAsync(address, key, cancel), null);
        }
        catch (PlaceException fault)
        {
            return (null, fault);
        }
    }

    private static async Task<CheckStep> StepAsync(string name, string good, string command, ISite site, CancellationToken cancel)
    {
        try
        {
            var result = await site.RunAsync(command, Limit, cancel);
            return new(name, result.ExitCode == 0, result.ExitCode == 0 ? $"{good} {Join(result.Output)}" : Join(result.Error));
        }
        catch (PlaceException fault)
        {
            return Failed(name, fault);
        }
    }

    private static async Task<CheckStep> FolderAsync(ISite site, string name, string folder, CancellationToken cancel)
    {
        // Made if it is missing; written to for real, since quotas and read-only mounts do not show in permissions.
        var command = $"d={Shell.Quote(folder)}; mkdir -p -- \"$d\" && t=$(mktemp \"$d/.portal-test-XXXXXX\") && echo test >\"$t\" && "
            + "rm -f -- \"$t\" || exit 1; df -Pk -- \"$d\" | tail -n 1; df -Pi -- \"$d\" | tail -n 1";
        try
        {
            var result = await site.RunAsync(command, Limit, cancel);
            if (result.ExitCode != 0)
                return Failed(name, Shells.Faults.Of(result.Error, folder, result.ExitCode));
            var free = result.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(parts => parts.Length > 3).Select(parts => parts[3]).ToList();
            var space = free.Count > 0 && long.TryParse(free[0], NumberStyles.None, CultureInfo.InvariantCulture, out var kib)
                ? string.Create(CultureInfo.InvariantCulture, $"{kib / 1048576.0:0.0} GiB free") : "free space unknown";
            var files = free.Count > 1 && long.TryParse(free[1], NumberStyles.None, CultureInfo.InvariantCulture, out var inodes) && inodes > 0
                ? string.Create(CultureInfo.InvariantCulture, $", room for {inodes} more files") : "";
            return new(name, true, $"{folder} can be written: {space}{files}.");
        }
        catch (PlaceException fault)
        {
            return Failed(name, fault);
        }
    }

    private async Task<CheckStep> SchedulerAsync(ISite site, string name, CancellationToken cancel)
    {
        if (schedulers.FirstOrDefault(scheduler => scheduler.Name == name) is not { } scheduler)
            return new("scheduler", false, $"The portal does not know a scheduler {name}.", "Choose another in the machine's settings.");
        try
        {
            var info = await scheduler.DescribeAsync(site, cancel);
            var partitions = info.Partitions.Count == 0 ? "" : " Partitions: " + string.Join(", ", info.Partitions) + ".";
            return new("scheduler", true, $"{info.Version}; accounting {(info.Accounting ? "answers" : "does not answer")}.{partitions}");
        }
        catch (PlaceException fault)
        {
            return Failed("scheduler", fault);
        }
    }

    private static string Join(string lines) => string.Join(", ", lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
