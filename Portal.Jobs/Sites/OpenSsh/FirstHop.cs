using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>The host that the portal itself connects to on the way to a machine.</summary>
internal static class FirstHop
{
    /// <summary>Its addresses as ssh takes them for a host's name, best first.</summary>
    /// <exception cref="PlaceException">None may be reached, or the name has none.</exception>
    public static async Task<IReadOnlyList<string>> ReachAsync(
        SiteAddress address, OpenSshSettings settings, CancellationToken cancel)
    {
        try
        {
            // A percent sign, before the link of an address, begins a word of ssh's own (ssh_config(5), TOKENS).
            return [.. (await settings.Outgoing.ReachAsync(address.Host, encrypted: true, cancel))
                .Select(at => at.ToString().Replace("%", "%%", StringComparison.Ordinal))];
        }
        catch (PlaceException fault) when (fault.Failure.Name == FailureName.Unreachable)
        {
            throw SshWords.Unreachable(address, $"{fault.Failure.Message} {fault.Failure.Evidence}");
        }
        catch (PlaceException fault) when (address.JumpHost is not null)
        {
            throw new PlaceException(fault.Kind, fault.Failure, fault) { JumpHost = address.JumpHost };
        }
    }
}
