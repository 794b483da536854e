using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.AccessTokens;

/// <summary>An access token, as AccessTokens.graphql asks for it.</summary>
public sealed record AccessToken(string Id, string Name, IReadOnlyList<string> Scopes, TokenProject? Project,
    IReadOnlyList<string> Addresses, DateTimeOffset IssuedAt, DateTimeOffset Expires, DateTimeOffset? LastUsedAt,
    string? LastUsedFrom);

/// <summary>The only project that exists for a token.</summary>
public sealed record TokenProject(string Key, string Name);

/// <summary>Who asks, with a page of their tokens; null for a token that may not list them.</summary>
public sealed record TokenOwner(Connection<AccessToken>? AccessTokens);

/// <summary><c>portal token</c>: the access tokens of who asks.</summary>
public static class TokenCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("token", "Your access tokens, and their end") { List(), Revoke() };

    private static Command List()
    {
        var client = new Option<string?>("--client") { Description = "Only those that were made for this program" };
        return new Command("list", "Your access tokens, newest first") { client }.Does(async (parsed, portal, cancel) =>
        {
            var tokens = await portal.ListAsync<TokenOwner, AccessToken>(new("AccessTokens", "ListTokens"),
                after => new { after }, owner => owner.AccessTokens ?? throw new RefusedException([new("FORBIDDEN",
                    "Your access token may not list access tokens.", Advice: "Use one with the scope keep_token.")]), cancel)
                .Where(token => parsed.GetValue(client) is not { } name || token.Name == name).ToListAsync(cancel);
            parsed.Show(tokens, () => Print.Table(tokens, ("id", t => t.Id), ("client", t => t.Name),
                ("scopes", t => t.Scopes.Count > 3 ? $"{t.Scopes.Count}"
                    : string.Join(" ", t.Scopes.Select(one => one.ToLowerInvariant()))),
                ("project", t => t.Project?.Name ?? "all"), ("expires", t => Print.Time(t.Expires)),
                ("last used", t => Print.Time(t.LastUsedAt)), ("from", t => t.LastUsedFrom ?? "")));
            return ExitCode.Well;
        });
    }

    private static Command Revoke()
    {
        var token = new Argument<string?>("id") { Description = "Id of the token", Arity = ArgumentArity.ZeroOrOne };
        var client = new Option<string?>("--client") { Description = "In place of it: all that were made for this program" };
        var command = new Command("revoke",
            "Revoke a token, or all of one program; they are worth nothing from then on") { token, client };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var (given, name) = (parsed.GetValue(token), parsed.GetValue(client));
            if (given is null == name is null) throw new UsageException("Name a token, or a program by --client.");
            IReadOnlyList<string> revoked;
            if (name is not null)
            {
                revoked = await portal.ChangeAsync<IReadOnlyList<string>>(new("AccessTokens", "RevokeTokens"),
                    new { client = name }, cancel);
            }
            else
            {
                var id = GlobalId.Of("AccessToken", given!)
                    ?? throw new UsageException($"{given} is no id of a token; see `portal token list`.");
                revoked = [await portal.ChangeAsync<string>(new("AccessTokens", "RevokeToken"), new { id }, cancel)];
            }
            parsed.Show(new { revoked }, () => Print.Fields(("Revoked", $"{revoked.Count}")));
            return ExitCode.Well;
        });
    }
}
