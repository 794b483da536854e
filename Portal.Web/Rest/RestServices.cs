using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.AccessTokens;
using Portal.Web.AccessTokens;
using Portal.Web.Edge;
using Portal.Web.Rest.AccessTokens;
using Portal.Web.Rest.Audit;
using Portal.Web.Rest.Common;
using Portal.Web.Rest.Credentials;
using Portal.Web.Rest.Data;
using Portal.Web.Rest.Machines;
using Portal.Web.Rest.Projects;
using Portal.Web.Rest.Quotas;
using Portal.Web.Rest.Reports;
using Portal.Web.Rest.Runs;
using Portal.Web.Rest.Workflows;

namespace Portal.Web.Rest;

/// <summary>The REST door: everything under /api/v1, described at /openapi/v1.json.</summary>
public static class RestServices
{
    /// <summary>Most bytes of a request's body.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>The policy of who takes an access token and nothing else.</summary>
    public const string ByToken = "rest-by-token";
    private const string InPerson = "rest-in-person";

    /// <summary>Registers what the door needs.</summary>
    public static IServiceCollection AddRest(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => RestJson.Configure(options.SerializerOptions));
        // Outside of development, too, what is wrong is told in words.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddSingleton<KnownTokens>().AddSingleton<TokenUses>()
            .AddSingleton<ITokenUses>(provider => provider.GetRequiredService<TokenUses>())
            .AddHostedService(provider => provider.GetRequiredService<TokenUses>());
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AccessTokenScheme>(AccessTokenScheme.Name, null);
        services.AddAuthorizationBuilder()
            // A cookie says nothing here: another site's page could send it along.
            .AddPolicy(ByToken, policy => policy.AddAuthenticationSchemes(AccessTokenScheme.Name).RequireAuthenticatedUser())
            .AddPolicy(InPerson, policy =>
                policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser());
        return services;
    }

    /// <summary>Sees to it that whatever is refused under /api leaves as problem details. Before everything else.</summary>
    public static void UseRest(this WebApplication app) => app.UseProblemDoor();

    /// <summary>Maps its routes.</summary>
    public static void MapRest(this WebApplication app)
    {
        app.MapOpenApi();
        var all = app.MapGroup("/api/v1").WithMetadata(new RequestSizeLimitAttribute(LargestBody), LongAnswer.Mark);
        foreach (var status in (int[])[401, 403, 404, 409, 413, 415, 422])
            all.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Refusal), [Refusals.MediaType]));
        var api = all.MapGroup("").RequireAuthorization(ByToken);
        api.MapProjects();
        api.MapMembers();
        api.MapQuotas();
        api.MapInvitations();
        api.MapMachines();
        api.MapMachineShares();
        api.MapHostKeys();
        api.MapCredentials();
        api.MapEndpoints();
        api.MapWorkflows();
        api.MapRuns();
        api.MapLeases();
        api.MapRunRetries();
        api.MapApprovals();
        api.MapRunEvents();
        api.MapRunResults();
        api.MapEvents();
        api.MapPast();
        api.MapRunExports();
        api.MapSeals();
        api.MapTokens();
        api.MapReports();
        all.MapGroup("").RequireAuthorization(InPerson).MapNewToken();
    }
}
