namespace Portal.Jobs.Schedulers;

/// <summary>The batch systems that the portal can speak to.</summary>
public interface ISchedulers
{
    /// <summary>The words that <see cref="Find"/> knows.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The one of that name, in any case; null when there is none.</summary>
    IScheduler? Find(string name);
}

/// <summary>The batch systems given at the start, by name.</summary>
public sealed class KnownSchedulers(IEnumerable<IScheduler> schedulers) : ISchedulers
{
    private readonly Dictionary<string, IScheduler> _byName = schedulers.ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IScheduler? Find(string name) => _byName.GetValueOrDefault(name);
}
