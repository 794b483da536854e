using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Portal.Domain.Common;
using Portal.GraphQL.Execution;
using Portal.Web.AccessTokens;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.GraphQL.Common;

/// <summary>Who asks by GraphQL: the owner of the access token that is shown, or else who a page's cookie says.</summary>
public static class GraphQLCaller
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

    /// <summary>Counts an operation of a WebSocket like a request; what it is refused with where there are too many.</summary>
    public static GraphQLError? OperationRefusal(HttpContext context, object? caller)
    {
        if (RateLimitDoor.OperationRefusal(context) is not { } problem) return null;
        var refusal = Answers.Refusal(problem);
        return new(refusal.Message) { Extensions = refusal.Extensions };
    }
}
