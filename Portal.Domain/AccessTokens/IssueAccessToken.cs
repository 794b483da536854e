using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens;

/// <summary>A token just made: the only time that its text is seen.</summary>
public sealed record IssuedAccessToken(Id<AccessToken> Id, string Text, DateTimeOffset Expires, IReadOnlyList<Scope> Scopes);

/// <summary>Makes a token for the caller.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Terms">What it is for and how far it goes.</param>
public sealed record IssueAccessToken(Id<AccessToken> Id, TokenTerms Terms);

/// <summary>Tells people by mail that a token of theirs was made.</summary>
public interface ITokenMail
{
    /// <summary>Has it sent, some time soon; nothing where the installation sends no mails.</summary>
    /// <param name="issued">The token.</param>
    /// <param name="cancel">Gives up.</param>
    Task MadeAsync(AccessTokenIssued issued, CancellationToken cancel);
}

/// <summary>Handles <see cref="IssueAccessToken"/>: everyone for themselves, and only in person with a fresh proof, not by another
/// token: it outlives the session that it is made in.</summary>
public sealed class IssueAccessTokenHandler(
    Ledger ledger, Access access, FreshProof proof, TokenRules rules, ITokenMail mail, IChance chance, IRandomBytes random)
{
    /// <summary>Makes it and shows it once.</summary>
    public async Task<Result<IssuedAccessToken>> HandleAsync(Caller caller, IssueAccessToken command, CancellationToken cancel)
    {
        var terms = command.Terms;
        if (await RefusalAsync(caller, terms, cancel) is { Count: > 0 } problems) return Result.Refused<IssuedAccessToken>(problems);
        var (text, expires) = (TokenText.Make(random), chance.Now + terms.Life);
        var issued = Issued(command.Id, caller.User!.Value, text, terms, expires);
        var written = await ledger.AppendAsync(caller, [new(Ledger.StreamOf<AccessToken>(command.Id.Value), 0, [issued])], cancel);
        if (written.Ok) await mail.MadeAsync(issued, CancellationToken.None);
        return written.Ok
            ? new IssuedAccessToken(command.Id, text, expires, Scopes.Read(issued.Scopes))
            : new Problem("CONFLICT", "A token was made under this id already; its text was shown then and is not shown again.", "id",
                Advice: "If the text was lost, revoke this token and make another.");
    }

    /// <summary>Why the caller cannot have such a token, or give it to a program; none when they can.</summary>
    internal async Task<IReadOnlyList<Problem>> RefusalAsync(Caller caller, TokenTerms terms, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.IssueAccessToken, "token", cancel) is { } refusal) return [refusal];
        if (rules.Check(terms) is { Count: > 0 } problems) return problems;
        if (terms.Project is { } project
            && await access.RefusalAsync(caller, project, Operation.ShowProject, "project", cancel) is { } hidden)
            return [hidden with { Field = "project" }];
        return await proof.RefusalAsync(caller, cancel) is { } stale ? [stale] : [];
    }

    internal static AccessTokenIssued Issued(
        Id<AccessToken> id, Id<User> user, string text, TokenTerms terms, DateTimeOffset expires) =>
        new(id, user, terms.Name.Trim(), TokenText.HashOf(text), expires, Scopes.Names(terms.Scopes), terms.Project, [.. terms.Addresses]);
}
