using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Runs.Crates;
using Portal.Web.Accounts;

namespace Portal.Web.RunFiles;

/// <summary>A run to take away, for a browser that is signed in.</summary>
public static class CrateEndpoints
{
    /// <summary>Maps <c>/runs/{id}/crate.zip</c>.</summary>
    public static void MapCrates(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/runs/{id}/crate.zip", CrateAsync).RequireAuthorization();

    private static async Task<IResult> CrateAsync(
        string id, int? results, int? related, HttpContext context, ExportRunHandler export, CrateWriter crates,
        CancellationToken cancel)
    {
        if (!Id<Run>.TryParse(id, out var run)) return TypedResults.NotFound();
        var caller = CallerFactory.Of(context, "page");
        var draft = await export.BeginAsync(caller, run, related == 1, cancel);
        if (!draft.Ok)
            return TypedResults.StatusCode(draft.Problems[0].Code switch
            {
                "NOT_FOUND" => StatusCodes.Status404NotFound,
                "FORBIDDEN" => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status422UnprocessableEntity,
            });
        await crates.SendAsync(context, caller, draft.Value, results == 1);
        return TypedResults.Empty;
    }
}
