using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Checks;

/// <summary>Host keys for a person to confirm, hop by hop. What does not answer is told in plain words.</summary>
public sealed class HostKeyScanner(ISites sites) : IHostKeyScanner
{
    /// <inheritdoc/>
    public async Task<Result<SeenHostKeys>> ScanAsync(
        MachineView machine, IReadOnlyList<string> confirmed, byte[]? privateKey, CancellationToken cancel)
    {
        using var key = privateKey is null ? null : new PrivateKey(privateKey);
        var jumps = new List<JumpHostKeys>();
        try
        {
            SiteAddress? through = null;
            foreach (var at in SiteAddress.Of(machine).Way)
            {
                if (through is { HostKeys.Count: 0 }) return Seen(jumps, ConfirmFirst(through));
                if (through is not null && privateKey is null) return Seen(jumps, TokenNeeded(through));
                // Each look takes its key over, and wipes it.
                var keys = await sites.ScanAsync(at with { Through = through }, privateKey is null ? null : new([.. privateKey]), cancel);
                if (at.JumpHost is null) return new SeenHostKeys(jumps, keys);
                jumps.Add(new(at.JumpHost, keys));
                through = at with
                {
                    Through = through,
                    HostKeys = [.. keys.Where(seen => at.HostKeys.Contains(seen) || confirmed.Contains(seen.Fingerprint))],
                };
            }
            throw new InvalidOperationException("A way ends at the machine.");
        }
        catch (PlaceException fault)
        {
            var code = fault.Failure.Name switch
            {
                FailureName.LoginRefused => "LOGIN_REFUSED",
                FailureName.AddressRefused => "ADDRESS_REFUSED",
                _ => "MACHINE_UNREACHABLE",
            };
            var problem = new Problem(code, fault.Failure.Message, "host", Advice: fault.Failure.Advice);
            return jumps.Count == 0 ? problem : Seen(jumps, problem);
        }
    }

    private static Result<SeenHostKeys> Seen(List<JumpHostKeys> jumps, Problem stopped) => new SeenHostKeys(jumps, [], stopped);

    private static Problem ConfirmFirst(SiteAddress jump) => new("CONFIRM_FIRST",
        $"What lies behind {jump.JumpHost} can be seen once its host key is confirmed.", "fingerprints",
        Advice: "Compare its fingerprint and confirm it.");

    private static Problem TokenNeeded(SiteAddress jump) => new("TOKEN_NEEDED",
        $"What lies behind {jump.JumpHost} can be seen only by who is logged in there.", "securityToken",
        Advice: "Make your key, put its line into ~/.ssh/authorized_keys on every jump host and on the machine, "
            + "and look again with your security token.");
}
