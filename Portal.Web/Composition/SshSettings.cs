using System.Text.RegularExpressions;
using Portal.Jobs.Sites.OpenSsh;

namespace Portal.Web.Composition;

/// <summary>The section <c>Portal:Ssh</c>.</summary>
public sealed partial class SshSettings
{
    /// <summary>The ciphers to offer, the best first, as <c>Ciphers</c> of ssh_config(5) names them; empty for those that
    /// authenticate what they encrypt.</summary>
    public string Ciphers { get; set; } = "";

    /// <summary>What the client of OpenSSH is told.</summary>
    /// <exception cref="FormatException">It is no list of names.</exception>
    public OpenSshSettings Checked() => Ciphers.Length == 0 ? new()
        : Names().IsMatch(Ciphers) ? new() { Ciphers = Ciphers }
        : throw new FormatException($"Portal:Ssh:Ciphers: '{Ciphers}' is no list of names with commas between, as 'ssh -Q cipher' gives them.");

    [GeneratedRegex(@"\A[a-z0-9@.-]+(,[a-z0-9@.-]+)*\z")]
    private static partial Regex Names();
}
