namespace Portal.Cli.Runs;

/// <summary>A part of a log; offsets and sizes in bytes.</summary>
public sealed record LogPart(long Offset, long NextOffset, long Size, bool Complete, bool Truncated, string Text);
