using Portal.EventStore;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;
using Portal.GraphQL.Validation;
using Portal.Web.GraphQL.Common;
using Portal.Web.Rest;

namespace Portal.Web.Composition;

/// <summary>The GraphQL door: one schema and what answers requests about it.</summary>
public static class GraphQLComposition
{
    /// <summary>The code of what nobody expected.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>Registers <see cref="RequestExecutor"/>; its requests carry a <c>Portal.Domain.Common.Caller</c>.</summary>
    public static IServiceCollection AddGraphQL(this IServiceCollection services, GraphQLSettings settings) =>
        services.AddSingleton<GraphQLCaller>().AddSingleton(provider => Executor(provider, settings));

    /// <summary>Maps <c>/graphql</c> for those who are known: HTTP, event streams and WebSockets, no files. Where introspection is
    /// allowed, the schema's text is at <c>/schema.graphql</c> for everybody, as the description of REST is.</summary>
    public static void MapGraphQL(this WebApplication app, GraphQLSettings settings)
    {
        var caller = app.Services.GetRequiredService<GraphQLCaller>();
        app.MapGraphQL("/graphql", app.Services.GetRequiredService<RequestExecutor>(), new()
        {
            Caller = GraphQLCaller.OfRequestAsync, Connect = GraphQLCaller.OfConnectionAsync,
            OperationCaller = GraphQLCaller.OfOperation, MayStay = caller.MayStayAsync, RecheckEvery = settings.RecheckEvery,
            MaxBodyBytes = RestServices.LargestBody, MaxFiles = 0, MaxUploadBytes = RestServices.LargestBody, WantsCost = true,
        });
        var text = new Lazy<string>(PortalSchema.Text);
        if (settings.Introspection) app.MapGet("/schema.graphql", () => TypedResults.Text(text.Value, "application/graphql")).ExcludeFromDescription();
    }

    private static RequestExecutor Executor(IServiceProvider provider, GraphQLSettings settings)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.GraphQL");
        return new RequestExecutor(PortalSchema.Schema, new()
        {
            Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document).Select(error =>
                new GraphQLError(error.Message) { Locations = error.Locations }.WithCode(ErrorCodes.Invalid))],
            ErrorFilter = error => Shown(error, logger),
            AllowsIntrospection = settings.Introspection,
        });
    }

    // What a client may know of an error. The rest is in the log, under an id that both have.
    private static GraphQLError Shown(GraphQLError error, ILogger logger)
    {
        switch (error.Fault)
        {
            case null or GraphQLException:
                return error;
            case DocumentQueryException:
                return error.WithCode("INVALID_INPUT");
            case OperationCanceledException:
                return (error with { Message = "It took too long, or nobody waits for it any more." }).WithCode(ErrorCodes.TooSlow);
        }
        var id = Guid.CreateVersion7();
        logger.LogError(error.Fault, "GraphQL failed at {Path}; {CorrelationId}.", string.Join('.', error.Path), id);
        return new GraphQLError("The portal failed to do this. The fault was written to its log.")
        {
            Locations = error.Locations, Path = error.Path,
            Extensions = new OrderedDictionary<string, object?> { ["code"] = Internal, ["correlationId"] = id.ToString("n") },
        };
    }
}
