using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

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
        routes.MapPost("/sign-in/passkey", async (HttpContext context, IAntiforgery forgery, PasskeySignIn passkeys) =>
        {
            await forgery.ValidateRequestAsync(context);
            return Results.Content(await passkeys.OptionsAsync(), MediaTypeNames.Application.Json);
        }).ExcludeFromDescription();
        routes.MapPost("/account/passkey", AddAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, IAntiforgery forgery, UserManager<PortalUser> users, Proofs proofs, Passkeys passkeys)
    {
        await forgery.ValidateRequestAsync(context);
        if (await users.GetUserAsync(context.User) is not { } user) return Results.Unauthorized();
        var given = (await context.Request.ReadFormAsync(context.RequestAborted))[Proof].ToString();
        // The proof first: else the device would hold a passkey that the portal does not know.
        return await proofs.RefusalAsync(user, given) is { } refusal
            ? Results.Json(new { message = refusal.Message }, statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Content(await passkeys.OptionsAsync(user), MediaTypeNames.Application.Json);
    }
}
