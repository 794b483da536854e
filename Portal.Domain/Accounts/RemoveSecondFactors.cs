using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Takes all second factors away from somebody who has lost them: their password signs them in again.</summary>
/// <param name="Person">Who.</param>
/// <param name="Address">The account's mail address, as a proof that this person is meant and no other.</param>
public sealed record RemoveSecondFactors(Id<User> Person, string Address)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="command">What is wanted.</param>
    /// <param name="entry">The account.</param>
    /// <param name="caller">Who wants it.</param>
    public static Result<IReadOnlyList<object>> Decide(RemoveSecondFactors command, AccountEntry entry, Id<User> caller)
    {
        if (command.Person == caller)
            return new Problem("OWN_ACCOUNT", "Nobody takes away their own second factors like this.", "person",
                Advice: "Remove them on your account page, or ask another administrator.");
        if (!string.Equals(command.Address.Trim(), entry.Address, StringComparison.OrdinalIgnoreCase))
            return new Problem("CONFIRMATION_WRONG", "That is not the mail address of this account.", "address",
                Advice: "Type the mail address of the person whose second factors are lost.");
        return Result.Of<IReadOnlyList<object>>(entry.SecondFactor ? [new SecondFactorsRemoved(command.Person)] : []);
    }
}

/// <summary>Second factors where Identity keeps them, and who is told that they are gone.</summary>
public interface ISecondFactorStore
{
    /// <summary>Deletes authenticator app, passkeys and recovery codes of a person; no session from before counts any more. Then
    /// the person is told by mail, where the installation sends any.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="writeDown">Writes it down. Where that is refused, nothing is deleted.</param>
    /// <returns>What it was refused with; null when it is done.</returns>
    Task<Problem?> RemoveAllAsync(Id<User> person, Func<Task<Problem?>> writeDown);
}

/// <summary>Handles <see cref="RemoveSecondFactors"/>: administrators may, in person and with a fresh proof.</summary>
public sealed class RemoveSecondFactorsHandler(
    Ledger ledger, AccountAccess access, IAccounts accounts, FreshProof proof, EndUserSessionsHandler sessions,
    ISecondFactorStore factors)
{
    /// <summary>Takes them away, ends all sessions of the person, and tells them. Where there are none, nothing happens.</summary>
    /// <returns>Whose they were.</returns>
    public async Task<Result<Id<User>>> HandleAsync(Caller caller, RemoveSecondFactors command, CancellationToken cancel)
    {
        await using var turn = await accounts.TakeTurnAsync(cancel);
        if (await access.RefusalAsync(caller, Operation.RemoveSecondFactors, "account", cancel) is { } refusal) return refusal;
        if (await proof.RefusalAsync(caller, cancel) is { } stale) return stale;
        if (await accounts.FindAsync(command.Person, cancel) is not { } entry) return Problem.NotFound("account");
        var decided = RemoveSecondFactors.Decide(command, entry, caller.User!.Value);
        if (!decided.Ok) return Result.Refused<Id<User>>(decided.Problems);
        if (decided.Value.Count == 0) return command.Person;
        return await factors.RemoveAllAsync(command.Person, () => WriteAsync(caller, command.Person, decided.Value)) is { } unwritten
            ? unwritten
            : command.Person;
    }

    // It is decided: it is done even if nobody waits for the answer any more.
    private async Task<Problem?> WriteAsync(Caller caller, Id<User> person, IReadOnlyList<object> facts)
    {
        var written = await ledger.AppendAsync(caller,
            [new(Ledger.StreamOf<Account>(person.Value), IEventStore.AnyVersion, facts)], CancellationToken.None);
        if (!written.Ok) return written.Problems[0];
        await sessions.EndAsync(caller, person);
        return null;
    }
}
