namespace Portal.Benchmarks;

/// <summary>One figure beside its limit, both from the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Limit">The bare limit's, or where there is none the figure to be kept to.</param>
/// <param name="Ratio">How near we come: 1 is the limit itself, more is better.</param>
/// <param name="Unit">Unit of both figures.</param>
public sealed record Measure(string Name, double Ours, double Limit, double Ratio, string Unit)
{
    /// <summary>A figure of which more is better.</summary>
    public static Measure More(string name, double ours, double limit, string unit) => new(name, ours, limit, ours / limit, unit);

    /// <summary>A figure of which less is better; nothing at all counts as a tenth of the limit.</summary>
    public static Measure Less(string name, double ours, double limit, string unit) =>
        new(name, ours, limit, limit / Math.Max(ours, limit / 10), unit);
}
