using System.Text.Json;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;

namespace Portal.Tests.GraphQL.CodeFirst;

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

[ObjectType<Author>, Node]
public static class AuthorNode
{
    [NodeResolver]
    public static Task<Author?> ByIdAsync(string id, AuthorLoader authors) => authors.LoadAsync(id);
}
