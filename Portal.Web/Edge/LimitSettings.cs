namespace Portal.Web.Edge;

/// <summary>How much one sender may ask for; 0 means no limit. What is not used is saved for <see cref="SavedSeconds"/>, so that
/// a program may ask in bursts.</summary>
public sealed class LimitSettings
{
    /// <summary>Requests a second with one access token.</summary>
    public int PerToken { get; set; } = 250;

    /// <summary>Requests a second of one account, by its pages and all its tokens.</summary>
    public int PerAccount { get; set; } = 500;

    /// <summary>Requests a second from one address (of IPv6 from one /64) by those who are not signed in.</summary>
    public int PerAddress { get; set; } = 20;

    /// <summary>For how many seconds unused requests are saved.</summary>
    public int SavedSeconds { get; set; } = 10;

    /// <summary>Wrong passwords and codes a minute from one address, and as many guessed access tokens; those of three minutes
    /// may come at once.</summary>
    public int WrongTries { get; set; } = 10;

    /// <summary>Accounts made an hour from one address.</summary>
    public int Accounts { get; set; } = 60;

    /// <summary>Mails an hour that strangers may have sent to one mailbox; from one address ten times as many may be asked
    /// for.</summary>
    public int Mails { get; set; } = 5;
}
