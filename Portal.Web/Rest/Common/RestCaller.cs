using System.Security.Claims;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.AccessTokens;

namespace Portal.Web.Rest.Common;

/// <summary>Who calls, as the handlers want to know it.</summary>
public static class RestCaller
{
    /// <summary>Header in which the portal's own command line says that it is the one who calls.</summary>
    public const string ClientHeader = "Portal-Client";

    /// <summary>The caller behind a token that was shown.</summary>
    public static Caller Of(HttpContext context)
    {
        var user = Guid.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        Guid? token = Guid.TryParseExact(context.User.FindFirstValue(AccessTokenScheme.TokenId), "n", out var id) ? id : null;
        return new(new Id<User>(user), token, Door(context), false, Guid.CreateVersion7(), context.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary><c>cli</c> where the command line says so, else <c>rest</c>.</summary>
    public static string Door(HttpContext context) => context.Request.Headers[ClientHeader] == "cli" ? "cli" : "rest";

    /// <summary>The project asked for, or the caller's personal one, which bears their own id.</summary>
    public static Id<Project> ProjectOr(this Caller caller, Id<Project>? asked) => asked ?? new Id<Project>(caller.User!.Value.Value);

    /// <summary>The id of a thing to be made: the one the client chose, one made from its idempotency key (the same for the same
    /// person and key), or a new one.</summary>
    public static Id<T> NewId<T>(HttpContext context, Id<T>? chosen, IChance chance)
    {
        if (chosen is { } id) return id;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length == 0 ? new(chance.NewGuid())
            : ChosenId.Of<T>(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, key);
    }
}
