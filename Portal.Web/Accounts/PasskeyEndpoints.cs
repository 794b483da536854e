using System.Net.Mime;
using Microsoft.AspNetCore.Identity;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>What wwwroot/js/passkeys.js asks before it asks the browser: the form that it stands in is posted, its token against
/// forgery included.</summary>
public static class PasskeyEndpoints
{
    /// <summary>The field of the form with the proof of who adds a passkey.</summary>
    public const string Proof = "Given.Proof";

    /// <summary>Maps both: for signing in, and for adding a passkey.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/passkey", async (HttpContext context, PasskeySignIn passkeys) =>
            await ForgeryDoor.IsGenuineAsync(context)
                ? Results.Content(await passkeys.OptionsAsync(), MediaTypeNames.Application.Json)
                : Results.BadRequest()).ExcludeFromDescription();
        routes.MapPost("/account/passkey", AddAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, UserManager<PortalUser> users, Proofs proofs, Passkeys passkeys)
    {
        if (!await ForgeryDoor.IsGenuineAsync(context)) return Results.BadRequest();
        if (await users.GetUserAsync(context.User) is not { } user) return Results.Unauthorized();
        var given = (await context.Request.ReadFormAsync(context.RequestAborted))[Proof].ToString();
        // The proof first: else the device would hold a passkey that the portal does not know.
        return await proofs.RefusalAsync(user, given) is { } refusal
            ? Results.Json(new { message = refusal.Message }, statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Content(await passkeys.OptionsAsync(user), MediaTypeNames.Application.Json);
    }
}
