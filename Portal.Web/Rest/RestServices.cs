namespace Portal.Web.Rest;

/// <summary>The REST door: everything under /api/v1, described at /openapi/v1.json.</summary>
public static class RestServices
{
    /// <summary>Registers what the door needs.</summary>
    public static IServiceCollection AddRest(this IServiceCollection services) => services.AddOpenApi("v1");

    /// <summary>Maps its routes.</summary>
    public static void MapRest(this WebApplication app) => app.MapOpenApi();
}
