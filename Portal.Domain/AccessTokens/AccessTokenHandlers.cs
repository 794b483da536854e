using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>A token just made: the only time that its text is seen.</summary>
public sealed record IssuedAccessToken(Id<AccessToken> Id, string Text, DateTimeOffset Expires);

/// <summary>Makes a token for the caller.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Name">What the caller calls it: the program it is for.</param>
/// <param name="Life">How long it shall be worth something, at most a year.</param>
public sealed record IssueAccessToken(Id<AccessToken> Id, string Name, TimeSpan Life);

/// <summary>Handles <see cref="IssueAccessToken"/>: everyone for themselves, and only in person, not by another token.</summary>
public sealed class IssueAccessTokenHandler(Ledger ledger, IChance chance, IRandomBytes random)
{
    /// <summary>What every token begins with, so that scanners of leaked secrets know it.</summary>
    public const string TextPrefix = "portal_pat_";

    /// <summary>Makes it and shows it once.</summary>
    public async Task<Result<IssuedAccessToken>> HandleAsync(Caller caller, IssueAccessToken command, CancellationToken cancel)
    {
        if (caller.User is not { } user || caller.TokenId is not null)
            return new Problem("FORBIDDEN", "A token is made in person, in the browser.", Advice: "Sign in and open Account, Access tokens.");
        if (Names.Check("name", command.Name, 80) is { } problem) return problem;
        if (command.Life <= TimeSpan.Zero || command.Life > TimeSpan.FromDays(366))
            return Problem.Invalid("life", "A token lives at least a moment and at most a year.");
        var text = TextPrefix + Convert.ToHexStringLower(random.Next(32));
        var expires = chance.Now + command.Life;
        var issued = await ledger.AppendAsync(caller,
            [new(Ledger.StreamOf<AccessToken>(command.Id.Value), 0, [new AccessTokenIssued(command.Id, user, command.Name.Trim(), HashOf(text), expires)])], cancel);
        return issued.Ok
            ? new IssuedAccessToken(command.Id, text, expires)
            : new Problem("CONFLICT", "A token was made under this id already; its text was shown then and is not shown again.", "id",
                Advice: "If the text was lost, revoke this token and make another.");
    }

    /// <summary>SHA-256 of a token's text as lower-case hex.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Takes a token back.</summary>
public sealed class RevokeAccessTokenHandler(Ledger ledger)
{
    /// <summary>Its owner may; asking twice changes nothing.</summary>
    public async Task<Result<AccessToken>> HandleAsync(Caller caller, Id<AccessToken> id, CancellationToken cancel)
    {
        return await ledger.ChangeAsync<AccessToken>(caller, id.Value, state =>
            state.Id == default || state.User != caller.User ? Problem.NotFound("token")
            : state.Revoked ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new AccessTokenRevoked(id) }, cancel);
    }
}

/// <summary>Lists the caller's tokens.</summary>
public sealed class ListAccessTokensHandler(IDocuments documents)
{
    /// <summary>At most 200, the newest first.</summary>
    public async Task<IReadOnlyList<AccessTokenView>> HandleAsync(Caller caller, CancellationToken cancel) =>
        caller.User is not { } user ? [] : (await documents.QueryAsync<AccessTokenView>(new(
            [new("user_id", Comparison.Equal, user.ToString())], "issued_at", Descending: true, Limit: 200), cancel)).Items;
}

/// <summary>Tells whose token a text is.</summary>
public sealed class RecogniseAccessTokenHandler(IDocuments documents, IChance chance)
{
    /// <summary>The token, or null when it is unknown, revoked or expired.</summary>
    public async Task<AccessTokenView?> HandleAsync(string text, CancellationToken cancel)
    {
        if (!text.StartsWith(IssueAccessTokenHandler.TextPrefix, StringComparison.Ordinal) || text.Length > 200) return null;
        var found = await documents.QueryAsync<AccessTokenView>(new(
            [new("sha256", Comparison.Equal, IssueAccessTokenHandler.HashOf(text))], Limit: 1), cancel);
        return found.Items is [var token] ? Good(token) : null;
    }

    /// <summary>The token that was shown some time ago, or null when it was revoked or expired since.</summary>
    public async Task<AccessTokenView?> HandleAsync(Id<AccessToken> id, CancellationToken cancel) =>
        Good(await documents.FindAsync<AccessTokenView>(id.ToString(), cancel));

    private AccessTokenView? Good(AccessTokenView? token) => token?.Expires > chance.Now ? token : null;
}
