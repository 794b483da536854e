using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>What is folded from each stream, beside what read models show of it. Handlers decide on the one, lists show the
/// other: of every value that both have, they must say the same.</summary>
internal sealed class FoldedStreams
{
    private readonly IDocuments documents;
    private readonly SortedDictionary<string, List<Recorded>> streams = new(StringComparer.Ordinal);
    private readonly List<string> different = [];
    private readonly HashSet<Type> folded = [];

    private FoldedStreams(IDocuments documents) => this.documents = documents;

    /// <summary>What differs, of all classes that are folded from a stream.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(EventStoreDatabase database)
    {
        var all = new FoldedStreams(database.Documents);
        for (var page = await database.Store.ReadAllAsync(0, 1000, default); page.Count > 0;
            page = await database.Store.ReadAllAsync(page[^1].Position, 1000, default))
            foreach (var recorded in page)
            {
                if (!all.streams.TryGetValue(recorded.Stream, out var stream)) all.streams[recorded.Stream] = stream = [];
                stream.Add(recorded);
            }
        await FoldedPlaces.CompareAsync(all);
        await FoldedPeople.CompareAsync(all);
        await FoldedProjects.CompareAsync(all);
        await FoldedRuns.CompareAsync(all);
        // Whoever adds one says how it is shown.
        Assert.Equal(
            typeof(IAggregate<>).Assembly.GetTypes().Where(type => type.GetInterfaces().Any(one =>
                one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAggregate<>))).Select(type => type.Name).Order(),
            all.folded.Select(type => type.Name).Order());
        return all.different;
    }

    /// <summary>All things of a class as they are folded.</summary>
    public IEnumerable<Folded<T>> Of<T>() where T : class, IAggregate<T>
    {
        folded.Add(typeof(T));
        foreach (var (name, events) in streams)
            if (Ledger.TryIdOf<T>(name, out var id))
                yield return new(name, id, events.Aggregate(T.Empty, (state, recorded) => state.Apply(recorded)), events);
    }

    /// <summary>All rows of a read model.</summary>
    public async Task<IReadOnlyList<T>> RowsAsync<T>() where T : class =>
        (await documents.QueryAsync<T>(new([], Limit: 1_000_000), default)).Items;

    /// <summary>Compares each thing of a class with its row, and finds rows of nothing.</summary>
    /// <param name="id">Of a row.</param>
    /// <param name="hasRow">Whether a thing has one.</param>
    /// <param name="shown">The row with all values that the thing has.</param>
    public async Task EachAsync<T, TRow>(Func<TRow, Guid> id, Func<Folded<T>, bool> hasRow, Func<TRow, Folded<T>, TRow> shown)
        where T : class, IAggregate<T> where TRow : class
    {
        var rows = (await RowsAsync<TRow>()).ToDictionary(id);
        foreach (var thing in Of<T>())
        {
            rows.Remove(thing.Id, out var row);
            if (hasRow(thing) != row is not null)
                Differs(thing.Stream, typeof(TRow).Name, row is null ? "there" : "none", row is null ? "none" : "there");
            else if (row is not null) Same(thing.Stream, shown(row, thing), row);
        }
        foreach (var (left, _) in rows) Differs($"{left:n}", typeof(TRow).Name, "none", "there");
    }

    /// <summary>Compares the values of a row with those that it should have.</summary>
    public void Same<T>(string stream, T expected, T? row) where T : class
    {
        var left = JsonSerializer.SerializeToNode(expected)!.AsObject();
        var right = JsonSerializer.SerializeToNode(row)?.AsObject();
        foreach (var (name, value) in left)
            if (!JsonNode.DeepEquals(value, right?[name]))
                Differs(stream, $"{typeof(T).Name}.{name}", value?.ToJsonString(), right?[name]?.ToJsonString());
    }

    /// <summary>Compares what things have many of with all rows of that.</summary>
    public void SameSet<T>(string what, IEnumerable<T> expected, IEnumerable<T> rows)
    {
        var (left, right) = (Texts(expected), Texts(rows));
        foreach (var one in left.Except(right)) Differs("all", what, one, "none");
        foreach (var one in right.Except(left)) Differs("all", what, "none", one);

        static HashSet<string> Texts(IEnumerable<T> all) => [.. all.Select(one => JsonSerializer.Serialize(one))];
    }

    private void Differs(string stream, string what, object? expected, object? shown) =>
        different.Add($"{stream}: {what}: folded it is {expected ?? "null"}, and shown is {shown ?? "null"}");
}

/// <summary>One thing, folded.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">How it stands.</param>
/// <param name="Events">From what.</param>
internal sealed record Folded<T>(string Stream, Guid Id, T State, IReadOnlyList<Recorded> Events)
{
    /// <summary>The facts of one kind, in order.</summary>
    public IEnumerable<TFact> Facts<TFact>() => Events.Select(recorded => recorded.Body).OfType<TFact>();

    /// <summary>Whether there is a fact of a kind.</summary>
    public bool Has<TFact>() => Facts<TFact>().Any();

    /// <summary>When the first fact of a kind was recorded.</summary>
    public DateTimeOffset First<TFact>() => Events.First(recorded => recorded.Body is TFact).Time;
}
