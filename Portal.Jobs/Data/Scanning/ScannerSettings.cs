namespace Portal.Jobs.Data.Scanning;

/// <summary>The section <c>Portal:Scanner</c>: what looks through results before people get them.</summary>
public sealed class ScannerSettings
{
    /// <summary>Where clamd(8) listens: the path of its socket, or host and port such as <c>scanner.example.org:3310</c>; empty for
    /// none.</summary>
    public string Address { get; set; } = "";

    /// <summary>The largest file that is looked through, in bytes: at most what clamd takes, its <c>StreamMaxLength</c>. Larger ones are
    /// not given out.</summary>
    public long Largest { get; set; } = 100L << 20;

    /// <summary>How long the scanner may take to say something.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Checks them.</summary>
    /// <exception cref="FormatException">One means nothing; the message names it.</exception>
    public void Check()
    {
        if (Address.Length > 0 && !IsSocket && !IsHostAndPort)
            throw new FormatException($"Portal:Scanner:Address: '{Address}' is no path of a socket, and no host and port such as "
                + "scanner.example.org:3310.");
        if (Largest <= 0) throw new FormatException("Portal:Scanner:Largest is a number of bytes above 0.");
        if (Patience <= TimeSpan.Zero) throw new FormatException("Portal:Scanner:Patience is a time above 0.");
    }

    /// <summary>Whether the address is the path of a socket.</summary>
    internal bool IsSocket => Address.StartsWith('/');

    private bool IsHostAndPort => Address.LastIndexOf(':') is > 0 and var colon
        && Uri.CheckHostName(Address[..colon].Trim('[', ']')) != UriHostNameType.Unknown
        && ushort.TryParse(Address[(colon + 1)..], out var port) && port > 0;
}
