using System.Security.Claims;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Accounts.Providers;

namespace Portal.Web.Accounts;

/// <summary>Knows who needs a second factor and has none. A session that a provider vouched for, or that began with a passkey, has
/// one of its own.</summary>
public sealed class SecondFactorDemand(
    SecondFactorRule rule, ProviderList providers, NpgsqlDataSource database, IDocuments documents, TimeProvider time)
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "SECOND_FACTOR_NEEDED";

    /// <summary>Type of the claim with how somebody signed in (RFC 8176).</summary>
    public const string Method = "amr";

    private readonly string[] vouching =
        [.. providers.All.Where(provider => provider.Settings.Vouches).Select(provider => provider.Name)];

    // Who has one is believed for a moment; who has none is looked up each time, and goes on as soon as there is one.
    private readonly Beliefs<string> settled = new(time);

    /// <summary>Whether one is demanded of anybody.</summary>
    public bool Demands => rule.Mode != SecondFactorMode.Offered;

    /// <summary>What is said to who has none.</summary>
    public static Problem Problem { get; } = new(Code, "This portal asks for a second factor, and the account has none.",
        Advice: "Sign in by a browser and set one up: an authenticator app or a passkey.");

    /// <summary>Whether it is missing to who is signed in by a cookie.</summary>
    public async ValueTask<bool> IsMissingAsync(ClaimsPrincipal person, CancellationToken cancel) => Demands
        && Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var user)
        && !person.Claims.Any(claim => claim is { Type: Method, Value: "mfa" or "hwk" })
        && await IsMissingAsync(new(user), [], cancel);

    /// <summary>Whether it is missing to the owner of an access token. Who can sign in with a provider that vouches has one
    /// there.</summary>
    public async ValueTask<bool> IsMissingAsync(Id<User> owner, CancellationToken cancel) =>
        Demands && await IsMissingAsync(owner, vouching, cancel);

    private async ValueTask<bool> IsMissingAsync(Id<User> user, string[] elsewhere, CancellationToken cancel) =>
        await settled.FindAsync($"{user} {elsewhere.Length}", async () =>
            !await IsDemandedAsync(user, cancel) || await HasAsync(user, elsewhere, cancel) ? Code : null) is null;

    private async Task<bool> IsDemandedAsync(Id<User> user, CancellationToken cancel) => rule.Mode == SecondFactorMode.Everyone
        || (await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { } standing
            && (standing.Administrator || (standing.Auditor && rule.Mode == SecondFactorMode.Auditors)));

    private async Task<bool> HasAsync(Id<User> user, string[] elsewhere, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select u.two_factor_enabled or exists (select from accounts.user_logins l "
            + "where l.user_id = u.id and l.login_provider = any($2)) from accounts.users u where u.id = $1");
        command.Parameters.Add(new() { Value = user.Value });
        command.Parameters.Add(new() { Value = elsewhere });
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
