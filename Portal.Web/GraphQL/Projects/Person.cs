using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Somebody.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">The name that others see; null if the person was erased.</param>
public sealed record Person([property: Id("Person")] Id<User> Id, string? Name)
{
    /// <summary>Whether the person was erased: this id is all that is left of them.</summary>
    public bool Erased => Name is null;
}

/// <summary>Finds the names of many people with one question.</summary>
/// <param name="people">Who knows them.</param>
public sealed class PersonLoader(IPeople people) : DataLoader<Id<User>, Person>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<User>, Person> batch, CancellationToken cancel)
    {
        var names = await people.NamesAsync(batch.Keys, cancel);
        foreach (var id in batch.Keys) batch.Set(id, new(id, names.GetValueOrDefault(id)));
    }
}
