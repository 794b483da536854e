namespace Portal.EventStore;

/// <summary>Reads documents of read models.</summary>
public interface IDocuments
{
    /// <summary>The document with this id, or null.</summary>
    /// <exception cref="InvalidOperationException">No projection writes documents of this class; so for each method.</exception>
    Task<T?> FindAsync<T>(string id, CancellationToken cancel) where T : class;

    /// <summary>A page of a list.</summary>
    /// <exception cref="DocumentQueryException">The query does not fit the table or the cursor not the query.</exception>
    Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancel) where T : class;

    /// <summary>Documents in groups, with counts, sums and percentiles, in the order of the columns grouped by.</summary>
    /// <exception cref="DocumentQueryException">The grouping does not fit the table.</exception>
    Task<IReadOnlyList<DocumentGroup>> GroupAsync<T>(DocumentGrouping query, CancellationToken cancel) where T : class;

    /// <summary>Waits until the read model of <typeparamref name="T"/> has seen the position; inline ones always have.</summary>
    Task CaughtUpAsync<T>(long position, CancellationToken cancel) where T : class;
}
