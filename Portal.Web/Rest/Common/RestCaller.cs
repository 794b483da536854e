using System.Security.Claims;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Accounts;

namespace Portal.Web.Rest.Common;

/// <summary>Who calls, as the handlers want to know it.</summary>
public static class RestCaller
{
    /// <summary>The caller behind what signed the request in.</summary>
    public static Caller Of(HttpContext context) => CallerFactory.Of(context, "rest");

    /// <summary>The caller; with an idempotency key, everything that comes of it bears an id made from person, thing and
    /// key.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What is asked, and of what.</param>
    public static Caller Keyed(HttpContext context, string what) => Key(context) is { Length: > 0 } key
        ? Of(context) with { CorrelationId = ChosenId.Of<Caller>(Person(context), $"{what} {key}").Value }
        : Of(context);

    /// <summary>What the client calls this request, so that a repeat of it is known; empty where it does not.</summary>
    public static string Key(HttpContext context) => context.Request.Headers["Idempotency-Key"].ToString();

    /// <summary>The project asked for, or the caller's personal one, which bears their own id.</summary>
    public static Id<Project> ProjectOr(this Caller caller, Id<Project>? asked) =>
        asked ?? new Id<Project>(caller.User!.Value.Value);

    /// <summary>The id of a thing to be made: the one the client chose, one made from its idempotency key (the same for the same
    /// person and key), or a new one.</summary>
    public static Id<T> NewId<T>(HttpContext context, Id<T>? chosen, IChance chance)
    {
        if (chosen is { } id) return id;
        var key = Key(context);
        return key.Length == 0 ? new(chance.NewGuid()) : ChosenId.Of<T>(Person(context), key);
    }

    private static string Person(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
