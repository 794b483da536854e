namespace Portal.EventStore;

/// <summary>What follows in an export behind its first fault: it is looked at to name that fault, and not believed.</summary>
/// <param name="position">The event that the fault is about.</param>
internal sealed class ExportRest(long position)
{
    /// <summary>Whether an event follows.</summary>
    public bool HasEvents { get; private set; }

    /// <summary>Whether that one does.</summary>
    public bool Has { get; private set; }

    /// <summary>Whether a seal covers it that follows, as its line says.</summary>
    public bool Sealed { get; private set; }

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        try
        {
            if (line.StartsWith(ExportLines.Seal, StringComparison.Ordinal))
            {
                var leaves = ExportLines.GroupOf(line).Leaves;
                Sealed |= leaves.Length % KeptSeal.LeafBytes == 0 && SealLeaves.Has(leaves, position);
            }
            else if (!line.StartsWith(ExportLines.Proof, StringComparison.Ordinal)
                && !line.StartsWith(ExportLines.End, StringComparison.Ordinal))
            {
                (HasEvents, Has) = (true, Has | EventLine.Parse(line).Position == position);
            }
        }
        catch (FormatException)
        {
            // Another fault, further down.
        }
    }
}
