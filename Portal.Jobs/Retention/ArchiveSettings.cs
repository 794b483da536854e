namespace Portal.Jobs.Retention;

/// <summary>The section <c>Portal:Archives</c>: where runs that ended long ago are put, and when.</summary>
public sealed class ArchiveSettings
{
    /// <summary>The folder of archives, which all nodes reach; empty where archives are off.</summary>
    public string Folder { get; set; } = "";

    /// <summary>So many days after its end a run is archived by itself; null for never.</summary>
    public int? After { get; set; }

    /// <summary>Refuses what means nothing.</summary>
    /// <exception cref="FormatException">A setting means nothing.</exception>
    public void Check()
    {
        if (After is < 1 or > 36_500) throw new FormatException("Portal:Archives:After: days, 1 to 36500.");
        if (After is not null && Folder.Length == 0)
            throw new FormatException("Portal:Archives:After: there is no folder to archive to; name it by Portal:Archives:Folder.");
    }
}
