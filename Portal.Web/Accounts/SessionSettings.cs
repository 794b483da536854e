namespace Portal.Web.Accounts;

/// <summary>The section <c>Portal:Sessions</c> of the configuration: how long sign-ins by cookie last (docs/security.md has the
/// reasons).</summary>
public sealed class SessionSettings
{
    /// <summary>How long a session goes on after it was last seen.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a session goes on after it began, however it is used.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Says what is wrong with it, at start.</summary>
    /// <exception cref="FormatException">Something is.</exception>
    public void Check()
    {
        if (Idle < TimeSpan.FromMinutes(5)) throw new FormatException("Portal:Sessions:Idle: five minutes at least, as 00:05:00.");
        if (Longest < Idle) throw new FormatException("Portal:Sessions:Longest: not shorter than Portal:Sessions:Idle.");
    }
}
