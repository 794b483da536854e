using System.Text.RegularExpressions;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>What the client's complaints mean. It reports on the level ERROR only, so that no banner of a server is among them.</summary>
internal static partial class SshWords
{
    /// <summary>The fault behind a connection that did not come up.</summary>
    public static PlaceException Read(string words, SiteAddress address)
    {
        var evidence = words.Trim();
        bool Says(string part) => words.Contains(part, StringComparison.Ordinal);
        if (Says("IDENTIFICATION HAS CHANGED") || Says("host key is known for") || Says("Host key verification failed"))
        {
            var shown = Fingerprint().Match(words) is { Success: true } match ? match.Value : "a key of another type";
            return HostKey(address, shown);
        }
        if (Says("Permission denied (") || Says("Too many authentication failures") || Says("no mutual signature"))
            return Blocking(address, new(FailureName.LoginRefused, $"{Name(address)} refused the login of {address.User}.", evidence,
                "Check that the public key's line stands in ~/.ssh/authorized_keys of this account, that the account is not locked, "
                + "and that the home folder and ~/.ssh are writable by nobody else."));
        if (Says("Unable to negotiate") || Says("no matching"))
            return Blocking(address, new(FailureName.Unreachable, $"{Name(address)} offers no encryption that the portal accepts.",
                evidence, "Ask the machine's operators to update their SSH server. Until then the portal's operator can allow an older cipher (Portal:Ssh:Ciphers)."));
        return Unreachable(address, evidence);
    }

    /// <summary>Another host key than the pinned ones answered.</summary>
    public static PlaceException HostKey(SiteAddress address, string shown) =>
        Blocking(address, new(FailureName.HostKeyChanged,
            $"{Name(address)} answered with a host key that nobody confirmed.",
            $"shown: {shown}\npinned: {(address.HostKeys.Count == 0 ? "none" : string.Join(", ", address.HostKeys.Select(key => key.Fingerprint)))}",
            "Ask the machine's operators whether the key was changed. Only then fetch the host keys anew and confirm them."));

    /// <summary>Nothing answered.</summary>
    public static PlaceException Unreachable(SiteAddress address, string evidence) =>
        new(FaultKind.Transient, new(FailureName.Unreachable, address.Through is { } through
            ? $"{Name(address)} port {address.Port} does not answer the jump host {through.Host}."
            : $"{Name(address)} port {address.Port} does not answer.", evidence, address.Through is null
            ? "Check host and port, and whether the machine is in maintenance."
            : "Check host and port, whether the machine is in maintenance, and whether the jump host lets connections pass."))
        { JumpHost = address.JumpHost };

    private static string Name(SiteAddress address) => address.JumpHost is null ? address.Host : $"The jump host {address.Host}";

    private static PlaceException Blocking(SiteAddress address, Failure failure) =>
        new(FaultKind.Blocking, failure) { JumpHost = address.JumpHost };

    [GeneratedRegex("SHA256:[A-Za-z0-9+/]{43}")]
    private static partial Regex Fingerprint();
}
