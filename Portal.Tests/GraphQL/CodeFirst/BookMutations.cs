// Arguments are described, what is injected is not.
#pragma warning disable CS1573
using Portal.GraphQL.CodeFirst;

namespace Portal.Tests.GraphQL.CodeFirst;

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

    [Payload("text")]
    public static string Lend(string card, [Secret] string pin) => $"{card}/{pin}";

    public static List<Book> Sort([Service] Shelf shelf) => [.. shelf.Books.OrderByDescending(book => book.Pages)];
}

public sealed class NoteInput
{
    [Secret]
    public IReadOnlyList<string>? Key { get; init; }

    public Optional<string?> Text { get; init; }
}

/// <summary>There is no such book.</summary>
public sealed record NoBook(string Message)
{
    public string Code => "NO_BOOK";

    [Id("Book")]
    public Guid? Id { get; init; }
}

public sealed record BadRating(string Message, string Code, int Most);
