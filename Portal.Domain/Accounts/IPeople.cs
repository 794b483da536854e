using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>What may be shown of people. Their names are not in events, so they are looked up when something is shown.</summary>
public interface IPeople
{
    /// <summary>Display names by id, with one query; an erased or unknown person is absent from the answer.</summary>
    Task<IReadOnlyDictionary<Id<User>, string>> NamesAsync(IReadOnlyCollection<Id<User>> ids, CancellationToken cancel);

    /// <summary>People whose display name holds a text, whatever the case, by name; all of them for an empty text.</summary>
    /// <param name="text">Part of a name, taken literally.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyDictionary<Id<User>, string>> SearchAsync(string text, int limit, CancellationToken cancel);
}
