namespace Portal.Benchmarks;

/// <summary>One figure beside its bare limit, both from the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Limit">The bare limit's.</param>
/// <param name="Ratio">How near we come: 1 is the limit itself, more is better.</param>
/// <param name="Unit">Unit of both figures.</param>
public sealed record Measure(string Name, double Ours, double Limit, double Ratio, string Unit);
