using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>Told when a person is erased, before what is kept of them outside of events goes: what was theirs ends, by
/// events. Repeats must be harmless.</summary>
public interface IPersonErased
{
    /// <summary>It is decided that the person is erased; nobody waits for the answer any more.</summary>
    /// <param name="caller">Who erases, or the portal itself where it goes on with that after a crash.</param>
    /// <param name="person">Who is erased.</param>
    /// <returns>What stands in the way of going on, for now; null when all of it has ended.</returns>
    Task<Problem?> ErasedAsync(Caller caller, Id<User> person);
}

/// <summary>All that is kept of people outside of events.</summary>
public interface IPersonalData
{
    /// <summary>Deletes all that is kept of a person, in one transaction: the account with its name and address, password, second
    /// factors, passkeys, logins with providers, sessions, addresses of invitations, mails that wait. Repeats are harmless.</summary>
    Task EraseAsync(Id<User> person);
}
