using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Shuts a person out.</summary>
/// <param name="Person">Who.</param>
/// <param name="ClientMutationKey">A repeat with the same key does not undo what came after it.</param>
public sealed record DisableUserInput([Id("Person")] Id<User> Person, Guid? ClientMutationKey = null);

/// <summary>Lets a person in again.</summary>
/// <param name="Person">Who.</param>
/// <param name="ClientMutationKey">A repeat with the same key does not undo what came after it.</param>
public sealed record EnableUserInput([Id("Person")] Id<User> Person, Guid? ClientMutationKey = null);

/// <summary>Makes a person an administrator, or one no longer.</summary>
/// <param name="Person">Who.</param>
/// <param name="Administrator">Whether they shall administer.</param>
/// <param name="ClientMutationKey">A repeat with the same key does not undo what came after it.</param>
public sealed record ChangeAdministratorInput([Id("Person")] Id<User> Person, bool Administrator, Guid? ClientMutationKey = null);

/// <summary>Signs a person out everywhere.</summary>
/// <param name="Person">Who.</param>
/// <param name="AccessTokens">Whether their access tokens are revoked as well.</param>
/// <param name="ClientMutationKey">A repeat ends what has begun meanwhile, with or without a key.</param>
public sealed record EndUserSessionsInput(
    [Id("Person")] Id<User> Person, bool AccessTokens = false, Guid? ClientMutationKey = null);

/// <summary>What administrators do with accounts, in person. For everybody else there are none.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class AccountMutations
{
    /// <summary>
    /// Disables an account. Sessions, open pages, subscriptions and access tokens of the person are worth nothing two seconds
    /// later, and nothing runs with their keys.
    /// </summary>
    [Payload("account")]
    public static async Task<MutationResult<AccountNode>> DisableUserAsync(DisableUserInput input,
        [Caller] Caller caller, DisableAccountHandler disable, ListAccountsHandler accounts, FindRepeatHandler repeats,
        CancellationToken cancel)
    {
        var keyed = caller.WithKey($"disableUser {input.Person}", input.ClientMutationKey);
        return await repeats.ChangeOnceAsync(keyed, IdOf(input.Person), input.ClientMutationKey,
            () => disable.HandleAsync(keyed, new(input.Person), cancel),
            () => ShowAsync(accounts, caller, input.Person, cancel), cancel);
    }

    /// <summary>Enables an account again: the person signs in anew, access tokens that they had count again.</summary>
    [Payload("account")]
    public static async Task<MutationResult<AccountNode>> EnableUserAsync(EnableUserInput input,
        [Caller] Caller caller, EnableAccountHandler enable, ListAccountsHandler accounts, FindRepeatHandler repeats,
        CancellationToken cancel)
    {
        var keyed = caller.WithKey($"enableUser {input.Person}", input.ClientMutationKey);
        return await repeats.ChangeOnceAsync(keyed, IdOf(input.Person), input.ClientMutationKey,
            () => enable.HandleAsync(keyed, new(input.Person), cancel),
            () => ShowAsync(accounts, caller, input.Person, cancel), cancel);
    }

    /// <summary>Makes a person an administrator, or one no longer. The last one stays.</summary>
    [Payload("account")]
    public static async Task<MutationResult<AccountNode>> ChangeAdministratorAsync(ChangeAdministratorInput input,
        [Caller] Caller caller, ChangeAdministratorHandler change, ListAccountsHandler accounts, FindRepeatHandler repeats,
        CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeAdministrator {input.Person}", input.ClientMutationKey);
        return await repeats.ChangeOnceAsync(keyed, IdOf(input.Person), input.ClientMutationKey,
            () => change.HandleAsync(keyed, new(input.Person, input.Administrator), cancel),
            () => ShowAsync(accounts, caller, input.Person, cancel), cancel);
    }

    /// <summary>Ends all sessions of a person within seconds, and tells how many those were. They may sign in anew; their access
    /// tokens stay, unless they are to go as well.</summary>
    [Payload("endedCount")]
    public static async Task<MutationResult<int>> EndUserSessionsAsync(EndUserSessionsInput input,
        [Caller] Caller caller, EndUserSessionsHandler sessions, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"endUserSessions {input.Person}", input.ClientMutationKey);
        var ended = await sessions.HandleAsync(keyed, new(input.Person, input.AccessTokens), cancel);
        return ended.Ok ? ended.Value : Refused.Of<int>(ended.Problems);
    }

    // The stream of an account bears the person's id.
    private static Id<Account> IdOf(Id<User> person) => new(person.Value);

    private static async Task<AccountNode?> ShowAsync(
        ListAccountsHandler accounts, Caller caller, Id<User> person, CancellationToken cancel) =>
        (await accounts.FindAsync(caller, person, cancel)).OrNull() is { } account ? new(account) : null;
}
