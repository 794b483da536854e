using Portal.GraphQL.CodeFirst;

namespace Portal.Tests.GraphQL.CodeFirst;

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
