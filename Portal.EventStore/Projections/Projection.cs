namespace Portal.EventStore;

/// <summary>What a projection may do with its table while it handles a batch of events.</summary>
public interface IDocumentWriter<T> where T : class
{
    /// <summary>The document as it stands within this batch, or null.</summary>
    ValueTask<T?> FindAsync(string id, CancellationToken cancel);

    /// <summary>Inserts or replaces it.</summary>
    void Put(T document);

    /// <summary>Removes it, if it is there.</summary>
    void Remove(string id);
}

/// <summary>A projection of any class of documents, to be listed in <see cref="EventStoreOptions.Projections"/>.</summary>
public abstract class Projection
{
    private protected Projection() { }

    internal abstract ProjectionTable Bind(EventTypes types);
}

/// <summary>Folds events into the documents of one table. The same events give the same rows: no clock, no chance, no
/// reading of anything but the table itself.</summary>
public abstract class Projection<T> : Projection where T : class
{
    /// <summary>Where the documents stand.</summary>
    public abstract DocumentTable<T> Table { get; }

    /// <summary>Written in the appending transaction (what a command must read back) or behind the tail (the rest).</summary>
    public virtual bool Inline => false;

    /// <summary>Raise when the rows would come out differently: the table is then rebuilt from nothing.</summary>
    public virtual int Version => 1;

    /// <summary>Classes of the events it wants; others do not reach it.</summary>
    public abstract IReadOnlyCollection<Type> Handles { get; }

    /// <summary>Folds one event.</summary>
    public abstract ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<T> documents, CancellationToken cancel);

    internal override ProjectionTable Bind(EventTypes types) => new ProjectionTable<T>(this, types);
}
