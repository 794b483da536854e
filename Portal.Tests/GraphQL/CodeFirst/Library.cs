// Arguments are described, what is injected is not.
#pragma warning disable CS1573
using System.Runtime.CompilerServices;
using System.Text.Json;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.CodeFirst;

/// <summary>A schema in which there is one of each kind.</summary>
internal static class Library
{
    public static Schema Schema { get; } = new CodeFirstSchema()
        .Add(typeof(BookQueries)).Add(typeof(BookNode)).Add(typeof(MoreOfBooks)).Add(typeof(BookMutations))
        .Add(typeof(BookEvents)).Add(typeof(AuthorNode)).Build();

    public static Shelf Shelf => new(
    [
        new Book(Guid.Parse("00000000-0000-0000-0000-000000000001"), "Dune", "a1", 412, Genre.ScienceFiction, 4.25)
        {
            Published = new DateTimeOffset(1965, 8, 1, 10, 0, 0, TimeSpan.Zero), ReadingTime = TimeSpan.FromMinutes(90),
        },
        new Book(Guid.Parse("00000000-0000-0000-0000-000000000002"), "Emma", "a2", 320, Genre.Novel, null) { Tags = ["love"] },
        new Book(Guid.Parse("00000000-0000-0000-0000-000000000003"), "Faust", null, 160, Genre.Novel, 5),
    ]);
}

/// <summary>All books.</summary>
public sealed record Shelf(IReadOnlyList<Book> Books) : IServiceProvider
{
    public List<string> Batches { get; } = [];

    public object? GetService(Type serviceType) => serviceType == typeof(Shelf) ? this : null;
}

/// <summary>What has a title.</summary>
[InterfaceType]
public interface ITitled
{
    /// <summary>What it is called.</summary>
    string Title { get; }
}

/// <summary>What is found.</summary>
[UnionType]
public interface IFinding;

/// <summary>A <see cref="Book"/> on a shelf.</summary>
/// <param name="Id">Not shown as it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Pages">How long it is.</param>
/// <param name="Genre">What kind it is.</param>
/// <param name="Rating">How good it is; null if nobody says.</param>
public sealed record Book(
    Guid Id, string Title, [property: Ignore] string? AuthorId, int Pages, Genre Genre, double? Rating) : ITitled, IFinding
{
    /// <summary>When it came out.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>How long it takes.</summary>
    public TimeSpan ReadingTime { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    [Obsolete("Use tags.")]
    public string? Tag => Tags.FirstOrDefault();
}

/// <summary>Kinds of books.</summary>
public enum Genre
{
    /// <summary>Long and invented.</summary>
    Novel,
    ScienceFiction,
}

/// <summary>Who writes.</summary>
public sealed record Author(string Id, string Name) : IFinding
{
    public Uri? Home { get; init; }

    public JsonElement? Extra { get; init; }
}

/// <summary>Authors by their ids.</summary>
public sealed class AuthorLoader(Shelf shelf) : DataLoader<string, Author>
{
    protected override Task FetchAsync(Batch<string, Author> batch, CancellationToken cancel)
    {
        shelf.Batches.Add(string.Join(',', batch.Keys));
        batch.SetAll(batch.Keys.Select(key => new Author(key, $"Author {key}")), author => author.Id);
        return Task.CompletedTask;
    }
}

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
        return Connection.Of([.. shelf.Books.Skip(after).Take(page.Size + 1)], page, b => $"{shelf.Books.ToList().IndexOf(b)}", 3);
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

[ObjectType<Book>, Node]
public static class BookNode
{
    [NodeResolver]
    public static Book? ById(Guid id, [Service] Shelf shelf) => shelf.Books.FirstOrDefault(book => book.Id == id);

    /// <summary>Who wrote it.</summary>
    public static async Task<Author?> AuthorAsync([Parent] Book book, AuthorLoader authors) =>
        book.AuthorId is null ? null : await authors.LoadAsync(book.AuthorId);
}

[ObjectType<Book>]
public static class MoreOfBooks
{
    /// <summary>Whether it takes long.</summary>
    public static bool IsLong(Book book) => book.Pages > 400;

    [Id("Author")]
    public static string? AuthorKey(Book book) => book.AuthorId;
}

[ObjectType<Author>, Node]
public static class AuthorNode
{
    [NodeResolver]
    public static Task<Author?> ByIdAsync(string id, AuthorLoader authors) => authors.LoadAsync(id);
}

/// <summary>There is no such book.</summary>
public sealed record NoBook(string Message)
{
    public string Code => "NO_BOOK";

    [Id("Book")]
    public Guid? Id { get; init; }
}

public sealed record BadRating(string Message, string Code, int Most);

[MutationType]
public static class BookMutations
{
    /// <summary>Says how good a book is.</summary>
    /// <param name="rating">From 0 to 5.</param>
    [Error<NoBook>, Error<BadRating>]
    public static async Task<MutationResult<Book>> RateAsync(
        [Id("Book")] Guid book, double rating, [Service] Shelf shelf, CancellationToken cancel)
    {
        await Task.Delay(0, cancel);
        return rating > 5 ? MutationResult<Book>.Refuse(new BadRating("Too good.", "BAD_RATING", 5))
            : shelf.Books.FirstOrDefault(one => one.Id == book) is { } found ? found with { Rating = rating }
            : MutationResult<Book>.Refuse(new NoBook("No such book.") { Id = book });
    }

    [Payload("text")]
    public static string Note(NoteInput input) => $"{input.Text.HasValue}:{input.Text.Value ?? "null"}";

    public static List<Book> Sort([Service] Shelf shelf) => [.. shelf.Books.OrderByDescending(book => book.Pages)];
}

public sealed class NoteInput
{
    public Optional<string?> Text { get; init; }
}

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
