using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Web.AccessTokens;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.GraphQL.Common;

/// <summary>Who asks by GraphQL: the owner of the access token that is shown, or else who a page's cookie says.</summary>
/// <param name="tokens">Knows tokens.</param>
/// <param name="sessions">Knows sessions of pages.</param>
/// <param name="demand">Knows of whom a second factor is demanded.</param>
public sealed class GraphQLCaller(KnownTokens tokens, Sessions sessions, SecondFactorDemand demand)
{
    private const string Header = "Authorization";

    /// <summary>The <see cref="Caller"/> of a request.</summary>
    /// <exception cref="Portal.GraphQL.Execution.GraphQLException">Nobody is known to ask.</exception>
    public static async ValueTask<object?> OfRequestAsync(HttpContext context, CancellationToken cancel)
    {
        Exception? failure = null;
        if (context.Request.Headers.Authorization.Count > 0)
        {
            var shown = await context.AuthenticateAsync(AccessTokenScheme.Name);
            (context.User, failure) = (shown.Principal ?? new ClaimsPrincipal(), shown.Failure);
        }
        return context.User.Identity is { IsAuthenticated: true }
            ? CallerFactory.Of(context, "graphql")
            : throw Answers.Refusal(AccessTokenScheme.Refuse(context.Response, failure));
    }

    /// <summary>The <see cref="Caller"/> of a WebSocket. <c>connection_init</c> may carry the header that browsers cannot send
    /// with one: <c>{"Authorization": "Bearer ..."}</c>.</summary>
    /// <exception cref="Portal.GraphQL.Execution.GraphQLException">Nobody is known to ask.</exception>
    public static async ValueTask<object?> OfConnectionAsync(HttpContext context, JsonElement payload, CancellationToken cancel)
    {
        if (payload.ValueKind == JsonValueKind.Object)
            foreach (var member in payload.EnumerateObject())
                if (member.Name.Equals(Header, StringComparison.OrdinalIgnoreCase))
                    context.Request.Headers.Authorization = member.Value.ToString();
        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        if (await RateLimitDoor.RefusalAsync(context, limits) is var (_, problem))
            throw Answers.Refusal(problem);
        return await OfRequestAsync(context, cancel);
    }

    /// <summary>The same caller for one more request, whose events have a correlation of their own.</summary>
    public static object? OfOperation(object? caller) => ((Caller)caller!) with { CorrelationId = Guid.CreateVersion7() };

    /// <summary>Whether the token or the session is still good.</summary>
    public async ValueTask<bool> MayStayAsync(HttpContext context, object? caller, CancellationToken cancel) =>
        ((Caller)caller!).TokenId is { } token
            ? await tokens.FindAsync(new Id<AccessToken>(token), cancel) is { } known
                && !await demand.IsMissingAsync(known.User, cancel)
            : await sessions.GoesOnAsync(context, cancel);
}
