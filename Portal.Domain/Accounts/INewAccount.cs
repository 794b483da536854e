using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>Told once for every account, when its row stands: where its personal project is made. Repeats must be harmless.</summary>
public interface INewAccount
{
    /// <summary>An account was made for this person.</summary>
    Task CreatedAsync(Id<User> user, string displayName, CancellationToken cancel);
}
