using Portal.EventStore;

namespace Portal.Tests.EventStore;

public sealed record SampleView(string Id, string Name, long Total, SampleEnd? End, DateTimeOffset Opened, IReadOnlyList<string> Units);

public sealed record SampleBrief(string Id, int Events);

internal static class SampleTable
{
    public static readonly DocumentTable<SampleView> Views = new("samples", view => view.Id,
    [
        new("name", "text", view => view.Name),
        new("total", "bigint", view => view.Total),
        new("ending", "text", view => view.End),
        new("opened", "timestamptz", view => view.Opened),
        new("units", "text[]", view => view.Units),
    ], ["name", "ending, total desc", "gin:units"]);

    public static readonly DocumentTable<SampleBrief> Briefs =
        new("briefs", brief => brief.Id, [new("events", "bigint", brief => brief.Events)], ["events desc"]);
}

/// <summary>Counts amounts per stream, behind the tail.</summary>
internal sealed class SampleProjection(int version = 1, Func<Recorded, bool>? fails = null) : Projection<SampleView>
{
    public override DocumentTable<SampleView> Table => SampleTable.Views;

    public override int Version => version;

    public override IReadOnlyCollection<Type> Handles => [typeof(SampleOpened), typeof(SampleCounted), typeof(SampleClosed)];

    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<SampleView> documents, CancellationToken cancel)
    {
        if (fails?.Invoke(recorded) == true)
            throw new InvalidOperationException("as asked");
        var view = await documents.FindAsync(recorded.Stream, cancel);
        switch (recorded.Body)
        {
            case SampleOpened opened:
                documents.Put(new(recorded.Stream, opened.Name, 0, null, recorded.Time, []));
                break;
            case SampleCounted counted when view is not null:
                documents.Put(view with { Total = view.Total + counted.Amount, Units = [.. view.Units, counted.Unit] });
                break;
            case SampleClosed { End: SampleEnd.Thrown }:
                documents.Remove(recorded.Stream);
                break;
            case SampleClosed closed when view is not null:
                documents.Put(view with { End = closed.End });
                break;
        }
    }
}

/// <summary>Counts the events of each stream, in the transaction that appends them.</summary>
internal sealed class BriefProjection(int version = 1, Func<Recorded, bool>? fails = null) : Projection<SampleBrief>
{
    public override DocumentTable<SampleBrief> Table => SampleTable.Briefs;

    public override bool Inline => true;

    public override int Version => version;

    public override IReadOnlyCollection<Type> Handles => [typeof(SampleOpened), typeof(SampleCounted)];

    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<SampleBrief> documents, CancellationToken cancel)
    {
        if (fails?.Invoke(recorded) == true)
            throw new InvalidOperationException("as asked");
        // One document for all, so that the order between streams matters, and one for each.
        foreach (var id in new[] { "all", recorded.Stream })
        {
            var brief = await documents.FindAsync(id, cancel) ?? new(id, 0);
            documents.Put(brief with { Events = brief.Events + 1 });
        }
    }
}
