using Microsoft.AspNetCore.StaticAssets;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Lets nobody further than to the page where a second factor is set up, of whom one is demanded and who has none. Programs
/// are told so (403); access tokens are refused where they are looked at.</summary>
public static class SecondFactorDoor
{
    /// <summary>Where second factors are set up.</summary>
    public const string Page = "/account/second-factors";

    private static readonly PathString[] Free = 
        [Page, "/account/passkey", "/sign-in", "/sign-out", "/not-found", "/healthz", "/_framework"];

    /// <summary>Puts it in place: behind the sign-in of pages.</summary>
    public static void UseSecondFactorDoor(this WebApplication app)
    {
        var demand = app.Services.GetRequiredService<SecondFactorDemand>();
        if (demand.Demands) app.Use(next => context => PassAsync(next, context, demand));
    }

    private static async Task PassAsync(RequestDelegate next, HttpContext context, SecondFactorDemand demand)
    {
        if (IsFree(context) || Sessions.Of(context.User) is null
            || !await demand.IsMissingAsync(context.User, context.RequestAborted))
            await next(context);
        else if (IsPage(context.Request.Path)) context.Response.Redirect(Page);
        else await DoorAnswers.RefuseAsync(context, StatusCodes.Status403Forbidden, SecondFactorDemand.Problem);
    }

    private static bool IsFree(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || Free.Any(path => context.Request.Path.StartsWithSegments(path));

    private static bool IsPage(PathString path) =>
        !Composition.PagesComposition.ForPrograms(path) && !path.StartsWithSegments("/_blazor");
}
