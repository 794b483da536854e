using System.Text;
using System.Text.Json.Nodes;
using Portal.Domain.Audit;
using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>An export of events with its proof, by its lines, and somebody who changes them.</summary>
internal sealed class ExportFile(List<string> lines)
{
    public List<string> Lines { get; } = lines;

    /// <summary>Which lines are events.</summary>
    public List<int> Events => [.. Lines.Index().Where(line => line.Item.StartsWith("{\"position\":", StringComparison.Ordinal)).Select(line => line.Index)];

    /// <summary>Which lines are seals.</summary>
    public List<int> Seals => [.. Lines.Index().Where(line => line.Item.StartsWith("{\"seal\":", StringComparison.Ordinal)).Select(line => line.Index)];

    public EventLine this[int line]
    {
        get => EventLine.Parse(Lines[line]);
        set => Lines[line] = value.ToString();
    }

    /// <summary>The events of a store that fit, as the portal gives them.</summary>
    /// <param name="ground">The store.</param>
    /// <param name="takes">Whether one fits.</param>
    /// <param name="sealing">Whether the note of the export is sealed.</param>
    public static async Task<ExportFile> MakeAsync(SealGround ground, Func<Recorded, bool> takes, bool sealing = true)
    {
        var found = (await ground.Database.Store.ReadAllAsync(0, 10_000, default)).Where(takes).Select(one => new EventText(one.Position,
            one.Stream, one.Version, one.Id, one.Type, one.TypeVersion, one.Text, EventTypes.Write(one.Metadata), one.Time.UtcDateTime,
            one.Hash.ToArray())).ToList();
        List<string> lines = [Text(ExportLines.First(ground.Key.PublicPem))];
        using var digest = new ExportDigest();
        var unsealed = 0;
        await foreach (var part in ground.Database.ProveAsync(Portions(found), default))
        {
            foreach (var (at, one) in part.Events.Index())
            {
                lines.Add(Text(ExportLines.Of(one, part.Previous![at])));
                digest.Add(one.Position, one.Hash);
            }
            unsealed = part.Ends is null ? unsealed + part.Events.Count : 0;
            if (part.Ends is { } group) lines.Add(Text(ExportLines.Of(group with { Digest = digest.SoFar })));
        }
        var upTo = found.Count == 0 ? 0 : found[^1].Position;
        var proof = await NoteAsync(ground, new(new(Guid.Empty), new(Guid.Empty), null, new(null, null, null, null, null, null, null, null, null, "x"),
            "jsonl", true, true, found.Count, upTo, upTo, unsealed, digest.SoFar), sealing);
        return new([.. lines, Text(ExportLines.Of(proof)), $"{{\"end\":{{\"events\":{found.Count},\"upTo\":{upTo}}}}}"]);
    }

    /// <summary>The same lines, to be changed.</summary>
    public ExportFile Copy() => new([.. Lines]);

    /// <summary>Changes the seal in a line.</summary>
    public void Seal(int line, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(Lines[line])!;
        change(node["seal"]!);
        Lines[line] = node.ToJsonString();
    }

    /// <summary>What a verification says of it.</summary>
    public async Task<ExportFindings> VerifyAsync(string? keys)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', Lines) + "\n"));
        return await ExportVerification.RunAsync(content, keys, default);
    }

    private static async Task<EventProof> NoteAsync(SealGround ground, EventsExported taken, bool sealing)
    {
        var stream = $"export-{Guid.NewGuid():n}";
        await using var noting = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = ground.ConnectionString, Types = new(typeof(SampleOpened), typeof(SampleCounted), typeof(EventsExported)),
        }, default);
        await noting.Store.AppendedAsync(stream, 0, taken);
        await ground.SettledAsync();
        if (sealing) await ground.Database.SealAsync(ground.Key, DateTimeOffset.UtcNow, default);
        return await ground.Database.ProveAsync([(stream, 1)], default);
    }

    // Small ones, so that seals end within them and between them.
    private static async IAsyncEnumerable<IReadOnlyList<EventText>> Portions(List<EventText> events)
    {
        foreach (var some in events.Chunk(7))
        {
            await Task.Yield();
            yield return some;
        }
    }

    private static string Text(byte[] line) => Encoding.UTF8.GetString(line);
}
