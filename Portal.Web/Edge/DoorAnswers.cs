using Portal.Domain.Common;
using Portal.Web.Rest.Common;

namespace Portal.Web.Edge;

/// <summary>Refusals of what stands before all doors, in the form of the door that was asked.</summary>
public static class DoorAnswers
{
    /// <summary>Refuses: as a problem, as an error of GraphQL, or as a line of text.</summary>
    public static Task RefuseAsync(HttpContext context, int status, Problem problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments("/api")) return Refusals.WriteAsync(context, status, [problem]);
        context.Response.StatusCode = status;
        return context.Request.Path.StartsWithSegments("/graphql")
            ? context.Response.WriteAsJsonAsync(new
            {
                errors = (object[])[new
                {
                    message = problem.Message, extensions = new { code = problem.Code, advice = problem.Advice },
                }],
            }, options: null, "application/graphql-response+json")
            : context.Response.WriteAsync($"{problem.Message} {problem.Advice}");
    }
}
