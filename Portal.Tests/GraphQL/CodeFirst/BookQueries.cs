// Arguments are described, what is injected is not.
#pragma warning disable CS1573
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.CodeFirst;

[QueryType]
public static class BookQueries
{
    /// <summary>All books.</summary>
    /// <param name="genre">Of that kind.</param>
    /// <param name="atLeast">With so many pages.</param>
    public static IEnumerable<Book> GetBooks([Service] Shelf shelf, Genre? genre, int atLeast = 0) =>
        shelf.Books.Where(book => (genre is null || book.Genre == genre) && book.Pages >= atLeast);

    /// <summary>One book.</summary>
    public static async Task<Book?> BookAsync([Id("Book")] Guid id, [Service] Shelf shelf, CancellationToken cancel)
    {
        await Task.Delay(0, cancel);
        return shelf.Books.FirstOrDefault(book => book.Id == id);
    }

    public static Connection<Book> Page([Service] Shelf shelf, [PageSize(10, 2)] Paging page)
    {
        var after = page.After is null ? 0 : int.Parse(page.After) + 1;
        return Connection.Of(
            [.. shelf.Books.Skip(after).Take(page.Size + 1)], page, b => $"{shelf.Books.ToList().IndexOf(b)}", 3);
    }

    public static ValueTask<IFinding?> Find(string text, [Service] Shelf shelf) => new(
        shelf.Books.FirstOrDefault(book => book.Title == text) as IFinding ?? (text == "nobody" ? null : new Author("x", text)));

    public static ITitled Titled([Service] Shelf shelf) => shelf.Books[0];

    public static string Search(SearchInput where, Choice? one) =>
        $"{where.Title} {where.Limit} {string.Join('+', where.Genres ?? [])} {where.Rating} {one?.Left}{one?.Right}";

    public static async IAsyncEnumerable<int> Numbers(int upTo = 2)
    {
        for (var i = 1; i <= upTo; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public static string WhoAmI([Caller] object? caller, ResolverContext context) => $"{caller}/{context.Field.Name}";

    public static string Unlock([Secret] string code) => $"{code.Length}";

    [OnlyMe]
    public static string Secret() => "s";

    public static long Big(long value = 5_000_000_000) => value;

    [Type("JSON!")]
    public static object Anything() => new Dictionary<string, object?> { ["a"] = new[] { 1, 2 } };
}

/// <summary>What is looked for.</summary>
/// <param name="Title">A part of the title.</param>
/// <param name="Limit">At most so many.</param>
public sealed record SearchInput(string? Title, int Limit = 10)
{
    public Genre[]? Genres { get; init; }

    public Optional<double?> Rating { get; init; }
}

[OneOf]
public sealed record Choice
{
    public string? Left { get; init; }

    public int? Right { get; init; }
}

public sealed class OnlyMeAttribute : AskAttribute
{
    public override ValueTask<GraphQLError?> AskAsync(ResolverContext context) => new(
        context.Request.Caller is "me" ? null : GraphQLError.Of(ErrorCodes.Forbidden, "Only for me."));
}
