namespace Portal.EventStore;

/// <summary>Some events of an export, with what shows that they are sealed.</summary>
/// <param name="Events">The events, which follow those of the part before.</param>
/// <param name="Previous">Of each the hash of the event before it in its stream; null where the export brings no proof.</param>
/// <param name="Ends">The seal that covers them and those before them that no seal has followed yet; null where more of its
/// events may come, or where they are not sealed.</param>
public sealed record ExportPart(
    IReadOnlyList<EventText> Events, IReadOnlyList<byte[]>? Previous = null, SealedGroup? Ends = null);
