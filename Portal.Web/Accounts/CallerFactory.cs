using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.AccessTokens;

namespace Portal.Web.Accounts;

/// <summary>Makes the <see cref="Caller"/> that handlers ask for from who is signed in.</summary>
public sealed class CallerFactory(AuthenticationStateProvider states, IHttpContextAccessor requests)
{
    /// <summary>Header in which the portal's own command line says that it is the one who calls.</summary>
    public const string ClientHeader = "Portal-Client";

    // A circuit outlives the request that opened it: the address is taken once, while that request is there.
    private readonly string? clientAddress = requests.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>The caller of a page; each call starts a correlation of its own.</summary>
    public async Task<Caller> PageAsync()
    {
        var state = await states.GetAuthenticationStateAsync();
        return From(state.User, "page", clientAddress);
    }

    /// <summary>The caller of a request, by whatever signed it in: a cookie or an access token.</summary>
    public static Caller Of(HttpContext context, string door)
    {
        ArgumentNullException.ThrowIfNull(context);
        return From(context.User, DoorOf(context, door), context.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary>Who is meant by these claims.</summary>
    public static Caller From(ClaimsPrincipal person, string door, string? clientAddress)
    {
        ArgumentNullException.ThrowIfNull(person);
        Id<User>? user = Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? new Id<User>(id) : null;
        return new Caller(user, AccessTokenScheme.Of(person), door, person.IsInRole(PortalClaims.Administrator), Guid.CreateVersion7(),
            clientAddress)
        {
            Session = Sessions.Of(person) is { } session ? new(session) : null,
        };
    }

    // The command line says that it is the one who calls.
    private static string DoorOf(HttpContext context, string door) =>
        context.Request.Headers[ClientHeader] == "cli" ? "cli" : door;
}
