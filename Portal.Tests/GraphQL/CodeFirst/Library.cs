using Portal.GraphQL.CodeFirst;
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
