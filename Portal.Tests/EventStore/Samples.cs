using Portal.EventStore;

namespace Portal.Tests.EventStore;

[EventType("sample_opened")]
public sealed record SampleOpened(string Name, string? Note = null);

[EventType("sample_counted", 2)]
public sealed record SampleCounted(int Amount, string Unit);

public enum SampleEnd { Kept, Thrown }

[EventType("sample_closed")]
public sealed record SampleClosed(SampleEnd End);

internal static class Samples
{
    public static readonly EventMetadata Metadata = new("user-1", "user", "page", Guid.CreateVersion7(), null, "127.0.0.1");

    public static EventTypes Types() => new(typeof(SampleOpened), typeof(SampleCounted), typeof(SampleClosed));

    public static NewEvent New(object body) => new(Guid.CreateVersion7(), body);

    public static StreamAppend Append(string stream, long expected, params object[] bodies) =>
        new(stream, expected, [.. bodies.Select(New)], Metadata);

    public static async Task<AppendResult.Appended> AppendedAsync(this IEventStore store, string stream, long expected, params object[] bodies) =>
        Assert.IsType<AppendResult.Appended>(await store.AppendAsync([Append(stream, expected, bodies)], CancellationToken.None));

    public static async Task<List<Recorded>> AllAsync(this IEventStore store, string stream, StreamBound? until = null) =>
        await store.ReadStreamAsync(stream, 1, until).ToListAsync();

    public static Task<EventStoreDatabase> OpenAsync(string connectionString, params Projection[] projections) =>
        EventStoreDatabase.StartAsync(
            new() { ConnectionString = connectionString, Types = Types(), Projections = projections }, CancellationToken.None);
}
