namespace Portal.EventStore;

/// <summary>What is worked out for each group.</summary>
public enum MeasureKind
{
    /// <summary>How many documents.</summary>
    Count,
    /// <summary>The sum of a column; nothing counts as 0.</summary>
    Sum,
    /// <summary>The value below which a fraction of them lie, between two of them where it must be (SQL's percentile_cont). Documents
    /// without a value do not count; where none has one it is none.</summary>
    Percentile,
}

/// <summary>A figure of a group.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Column">Of which column, a number; none for a count.</param>
/// <param name="Fraction">Of a percentile, 0 to 1.</param>
/// <param name="Of">Only of documents that meet this; null for all of the group.</param>
public sealed record Measure(MeasureKind Kind, string? Column = null, double Fraction = 0, Condition? Of = null);

/// <summary>Documents in groups, with figures of each.</summary>
/// <param name="Where">Conditions that must all hold.</param>
/// <param name="By">Columns of type text whose values make the groups, in this order; none for one group of all.</param>
/// <param name="Measures">The figures.</param>
/// <param name="Limit">How many groups at the most.</param>
public sealed record DocumentGrouping(
    IReadOnlyList<Condition> Where, IReadOnlyList<string> By, IReadOnlyList<Measure> Measures, int Limit);

/// <summary>A group.</summary>
/// <param name="Key">The value of each column that it was grouped by; null for documents without one.</param>
/// <param name="Figures">The figures, in order; null for a percentile of nothing.</param>
public sealed record DocumentGroup(IReadOnlyList<string?> Key, IReadOnlyList<double?> Figures);
