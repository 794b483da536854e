using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Where handlers ask who may do something with accounts: what an <see cref="Operation"/> of accounts takes stands in
/// <see cref="Policy"/>, as it does of all others. A refusal is noted as an event.</summary>
public sealed class AccountAccess(IDocuments documents, Denials denials)
{
    /// <summary>Null when the caller may. Of what is for administrators there is nothing for everybody else: NOT_FOUND. What is
    /// seen and done in person is FORBIDDEN to a token.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="operation">What they ask for.</param>
    /// <param name="what">What it is about, as it stands in the refusal.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> RefusalAsync(Caller caller, Operation operation, string what, CancellationToken cancel)
    {
        var refusal = await DecideAsync(caller, Policy.Of(operation), what, cancel);
        // What belongs to no project stands in one's own.
        if (refusal is not null && caller.User is { } user)
            await denials.NoteAsync(caller, new(user.Value), operation, refusal.Code, cancel);
        return refusal;
    }

    private async Task<Problem?> DecideAsync(Caller caller, Rule rule, string what, CancellationToken cancel) => rule switch
    {
        // To a token there are no accounts of others.
        { Administrator: true, Auditor: false } => await AdministersAsync(caller, cancel) ? null : Problem.NotFound(what),
        _ when caller is not { User: not null, TokenId: null } => InPerson,
        { Administrator: true, Auditor: true } =>
            await AdministersAsync(caller, cancel) || await AuditsAsync(caller, cancel) ? null : Problem.NotFound(what),
        _ => null,
    };

    private static Problem InPerson { get; } =
        new("FORBIDDEN", "How somebody signs in is seen and changed in person.", Advice: "Sign in and open Account.");

    /// <summary>Whether the caller is an administrator in person. What a cookie says of a person may be a minute old, so it is
    /// looked up: who was removed administers no more.</summary>
    internal async Task<bool> AdministersAsync(Caller caller, CancellationToken cancel) =>
        caller is { User: { } user, TokenId: null, Administrator: true } && await AdministersAsync(user, cancel);

    /// <summary>Whether the caller audits the installation, in person or by a token of theirs. It is looked up each time: who was
    /// removed, or is shut out, sees nothing more.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<bool> AuditsAsync(Caller caller, CancellationToken cancel) => caller.User is { } user
        && await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Auditor: true, Disabled: false };

    /// <summary>Whether somebody else administers who is not shut out.</summary>
    internal async Task<bool> OthersAdministerAsync(Id<User> person, CancellationToken cancel) =>
        (await documents.QueryAsync<AccountStanding>(new(
            [new("administrator", Comparison.Equal, true), new("disabled", Comparison.Equal, false),
             new("id", Comparison.NotEqual, person.ToString())], Limit: 1), cancel)).Items.Count > 0;

    /// <summary>Whether a person administers the installation now, whatever they ask with.</summary>
    internal async Task<bool> AdministersAsync(Id<User> user, CancellationToken cancel) =>
        await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Administrator: true, Disabled: false };
}
