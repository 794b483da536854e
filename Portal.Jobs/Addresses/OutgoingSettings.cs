namespace Portal.Jobs.Addresses;

/// <summary>The section <c>Portal:Outgoing</c>: where the portal may connect on behalf of people (docs/adr/0031). Lists have
/// commas between names of hosts, patterns such as <c>*.example.org</c>, addresses, and networks such as <c>10.0.0.0/8</c>.</summary>
public sealed class OutgoingSettings
{
    /// <summary>What may be reached. <c>*</c> is everything but addresses of this machine, of its link and of a cloud's
    /// metadata, and groups; those take an entry that is an address or a network.</summary>
    public string Allow { get; set; } = "*";

    /// <summary>What may not, whatever else allows it.</summary>
    public string Refuse { get; set; } = "";

    /// <summary>What may be spoken to without encryption, by plain ftp, http and git. This machine itself may, where it is
    /// allowed: nothing of it goes over a wire.</summary>
    public string Plain { get; set; } = "";
}
