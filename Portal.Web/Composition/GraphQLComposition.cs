using Portal.Domain.Common;
using Portal.EventStore;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;
using Portal.GraphQL.Validation;
using Portal.Web.Edge;
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
        services.AddSingleton(provider => Executor(provider, settings));

    /// <summary>Maps <c>/graphql</c> for those who are known: HTTP, event streams and WebSockets, no files. Where introspection
    /// is allowed, the schema's text is at <c>/schema.graphql</c> for everybody, as the description of REST is.</summary>
    public static void MapGraphQL(this WebApplication app, PortalSettings portal)
    {
        var settings = portal.GraphQL;
        var staying = app.Services.GetRequiredService<Staying>();
        var logger = Logger(app.Services);
        app.MapGraphQL("/graphql", app.Services.GetRequiredService<RequestExecutor>(), new()
        {
            Caller = GraphQLCaller.OfRequestAsync, Connect = GraphQLCaller.OfConnectionAsync,
            OperationCaller = GraphQLCaller.OfOperation, Admit = GraphQLCaller.OperationRefusal,
            RecheckEvery = settings.RecheckEvery,
            MayStay = (context, caller, cancel) => staying.MayAsync(context, ((Caller)caller!).TokenId, cancel),
            SourceFailed = error => SourceFailed(error, logger),
            MaxBodyBytes = RestServices.LargestBody, MaxFiles = 0,
            AllowsOrigin = origin => OwnOrigin.IsOf(portal.Address, origin),
            MaxUploadBytes = RestServices.LargestBody, WantsCost = true,
        });
        var text = new Lazy<string>(PortalSchema.Text);
        if (!settings.Introspection) return;
        app.MapGet("/schema.graphql", () => TypedResults.Text(text.Value, "application/graphql")).ExcludeFromDescription();
    }

    private static RequestExecutor Executor(IServiceProvider provider, GraphQLSettings settings)
    {
        var logger = Logger(provider);
        return new RequestExecutor(PortalSchema.Schema, new()
        {
            Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document).Select(error =>
                new GraphQLError(error.Message) { Locations = error.Locations }.WithCode(ErrorCodes.Invalid))],
            ErrorFilter = error => Shown(error, logger),
            AllowsIntrospection = settings.Introspection,
        });
    }

    private static ILogger Logger(IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.GraphQL");

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
                return (error with { Message = "It took too long, or nobody waits for it any more." })
                    .WithCode(ErrorCodes.TooSlow);
        }
        var id = NewCorrelation();
        logger.LogError(error.Fault, "GraphQL failed at {Path}; {CorrelationId}.", string.Join('.', error.Path), id);
        return new GraphQLError("The portal failed to do this. The fault was written to its log.")
        {
            Locations = error.Locations, Path = error.Path,
            Extensions = Traceable(Internal, id),
        };
    }

    // Its code stays: whoever follows may ask again.
    private static GraphQLError SourceFailed(GraphQLError error, ILogger logger)
    {
        var id = NewCorrelation();
        logger.LogError(error.Fault, "What a GraphQL subscription follows failed; {CorrelationId}.", id);
        return error with { Extensions = Traceable(TransportCodes.SourceFailed, id) };
    }

    // In the form that clients see, so that it can be searched for.
    private static string NewCorrelation() => Guid.CreateVersion7().ToString("n");

    private static OrderedDictionary<string, object?> Traceable(string code, string correlation) =>
        new() { ["code"] = code, ["correlationId"] = correlation };
}
