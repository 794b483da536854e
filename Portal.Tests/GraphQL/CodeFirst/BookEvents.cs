using System.Runtime.CompilerServices;
using Portal.GraphQL.CodeFirst;

namespace Portal.Tests.GraphQL.CodeFirst;

[SubscriptionType]
public static class BookEvents
{
    /// <summary>Books as they are read.</summary>
    public static async IAsyncEnumerable<Book> Reading(
        [Service] Shelf shelf, int count = 1, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var book in shelf.Books.Take(count))
        {
            await Task.Delay(0, cancel);
            yield return book;
        }
    }

    public static Task<IAsyncEnumerable<int>> TicksAsync() => Task.FromResult(BookQueries.Numbers(2));
}
