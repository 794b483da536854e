using Portal.Jobs.Audit.Places;

namespace Portal.Jobs.Audit;

/// <summary>How the history is sealed.</summary>
public sealed class SealSettings
{
    /// <summary>The file of the key that signs seals, PEM; made where there is none. Empty for one in the data folder.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>A file of public keys, PEM, that signed seals before this one or do so on other nodes; empty for none.</summary>
    public string OtherKeysFile { get; set; } = "";

    /// <summary>How long events wait at most to be sealed.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long who takes events away waits at most until they are sealed.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A folder that every seal is written to, best on another machine; empty for none.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Further places: folders, buckets and web servers.</summary>
    public IList<SealPlaceSettings> Places { get; } = [];

    /// <summary>Refuses what means nothing.</summary>
    /// <exception cref="FormatException">A setting means nothing.</exception>
    public void Check()
    {
        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromDays(1))
            throw new FormatException("Portal:Seals:Every: between a second and a day.");
        if (Patience < TimeSpan.Zero || Patience > TimeSpan.FromMinutes(1))
            throw new FormatException("Portal:Seals:Patience: a minute at most.");
    }
}
