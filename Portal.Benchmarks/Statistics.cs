using System.Diagnostics;

namespace Portal.Benchmarks;

/// <summary>Times and what stands in the middle of them.</summary>
public static class Statistics
{
    /// <summary>Seconds that an act took.</summary>
    public static async Task<double> TimeAsync(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>The value that half of them do not reach.</summary>
    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>The value below which that part of them lies.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double part) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * part));
}
