using Portal.Domain.Common;
using Portal.Domain.Machines;

namespace Portal.Jobs.Sites.Checks;

/// <summary>Host keys for a person to confirm; a machine that does not answer is a refusal in plain words.</summary>
public sealed class HostKeyScanner(ISites sites) : IHostKeyScanner
{
    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<HostKey>>> ScanAsync(MachineSettings settings, CancellationToken cancel)
    {
        try
        {
            return Result.Of(await sites.ScanAsync(settings.Host, settings.Port, settings.JumpHosts, cancel));
        }
        catch (PlaceException fault)
        {
            return new Problem("MACHINE_UNREACHABLE", fault.Failure.Message, "host", Advice: fault.Failure.Advice);
        }
    }
}
