using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Takes a person who is erased out of the projects that they share with others. Where they are alone, their own project
/// too, they stay: there is nobody else whose it could be.</summary>
public sealed class LeaveErased(Ledger ledger, IDocuments documents) : IPersonErased
{
    /// <inheritdoc/>
    public async Task<Problem?> ErasedAsync(Caller caller, Id<User> person)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<Membership>(
                new([new("user_id", Comparison.Equal, person.ToString())], Limit: 200, After: after), CancellationToken.None);
            foreach (var place in page.Items.Where(place => !place.Personal))
                if (await ledger.ChangeAsync<Project>(caller, place.Project.Value, state => Decide(state, person),
                    CancellationToken.None) is { Ok: false } refused) return refused.Problems[0];
            if ((after = page.Next) is null) return null;
        }
    }

    /// <summary>Decides on the events.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, Id<User> person) =>
        state.Members.ContainsKey(person) && state.Members.Count > 1 && !state.IsLastOwner(person)
            ? new object[] { new MemberRemoved(state.Id, person) }
            : Result.Of<IReadOnlyList<object>>([]);
}
