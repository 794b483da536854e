namespace Portal.EventStore;

/// <summary>What follows in an export behind its first fault: it is looked at to name that fault, and not believed.</summary>
internal sealed class ExportRest
{
    private readonly HashSet<long> events = [];
    private readonly List<byte[]> leaves = [];

    /// <summary>Whether no event follows.</summary>
    public bool NoEvents => events.Count == 0;

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        try
        {
            if (line.StartsWith(ExportLines.Seal, StringComparison.Ordinal)) leaves.Add(ExportLines.GroupOf(line).Leaves);
            else if (!line.StartsWith(ExportLines.Proof, StringComparison.Ordinal)
                && !line.StartsWith(ExportLines.End, StringComparison.Ordinal)) events.Add(EventLine.Parse(line).Position);
        }
        catch (FormatException)
        {
            // Another fault, further down.
        }
    }

    /// <summary>Whether an event stands there.</summary>
    public bool Has(long position) => events.Contains(position);

    /// <summary>Whether a seal there covers it, as its line says.</summary>
    public bool Sealed(long position) => leaves.Exists(some =>
        some.Length % KeptSeal.LeafBytes == 0 && SealLeaves.Has(some, position));
}
