using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Answers requests about a schema: reads, checks and prepares documents once, keeps them, refuses what goes beyond the
/// limits, and runs the rest. Any number of requests at a time. Specification, section 6.
/// </summary>
public sealed class RequestExecutor
{
    private readonly ExecutorOptions _options;
    private readonly DocumentCache _documents;
    private readonly OperationLimits _limits;
    private readonly bool _hasSecrets;

    /// <summary>For one schema.</summary>
    /// <param name="schema">A schema without errors.</param>
    /// <param name="options">How; null for what is usual.</param>
    public RequestExecutor(Schema schema, ExecutorOptions? options = null)
    {
        (Schema, _options) = (schema, options ?? new ExecutorOptions());
        _documents = new DocumentCache(_options.CachedDocuments, _options.LongestCached);
        _limits = new OperationLimits(schema, _options);
        _hasSecrets = SecretInputs.AreIn(schema);
    }

    /// <summary>What requests are about.</summary>
    public Schema Schema { get; }

    /// <summary>
    /// Answers one request. What is wrong with it is in the answer. For a subscription the answer comes when the source is
    /// open.
    /// </summary>
    /// <param name="request">What a client asks.</param>
    /// <param name="cancel">Ends when nobody waits for the answer any more; for a subscription, when nobody follows it.</param>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query is { } text && request.DocumentId is null && !_options.OnlyPersisted)
        {
            return Execute(text, request, cancel);
        }
        if (request.DocumentId is not { } id || request.Query is not null)
        {
            return new(ExecutionResult.Refuse(_options.OnlyPersisted
                ? GraphQLError.Of(ErrorCodes.OnlyKnown, "Only documents that are known by their id are run here.")
                : GraphQLError.Of(ErrorCodes.NoQuery, "Either a document or the id of one must be sent.")));
        }
        return ExecutePersistedAsync(id, request, cancel);
    }

    private async ValueTask<ExecutionResult> ExecutePersistedAsync(string id, GraphQLRequest request, CancellationToken cancel)
    {
        var text = _options.FindDocument is { } find ? await find(id, cancel) : null;
        return text is null
            ? ExecutionResult.Refuse(GraphQLError.Of(ErrorCodes.NoDocument, $"No document has the id \"{id}\"."))
            : await Execute(text, request, cancel);
    }

    private ValueTask<ExecutionResult> Execute(string text, GraphQLRequest request, CancellationToken cancel)
    {
        var document = _documents.Find(text);
        if (document is null && !TryPrepare(text, out document, out var refusal))
        {
            return new(refusal!);
        }
        if (!document!.Errors.IsEmpty)
        {
            return new(ExecutionResult.Refuse(document.Errors));
        }
        if (document.Find(request.OperationName, out var unknown) is not { } plan)
        {
            return new(ExecutionResult.Refuse(unknown!.WithCode(ErrorCodes.NoOperation)));
        }
        if (RefuseKind(request, plan.Node.Operation) is { } misplaced)
        {
            return new(ExecutionResult.Refuse(misplaced));
        }
        Dictionary<string, object?>? variables = null;
        if (!plan.Variables.IsEmpty && !VariablePlan.TryCoerce(plan.Variables, request.Variables, out variables, out var errors))
        {
            return new(ExecutionResult.Refuse([.. errors.Select(error => error.WithCode(ErrorCodes.BadVariables))]));
        }
        if (_limits.Refuse(plan, variables, out var cost) is { } limit)
        {
            return new(ExecutionResult.Refuse(limit));
        }
        if (plan.Root is null)
        {
            var kind = plan.Node.Operation.ToString().ToLowerInvariant();
            return new(ExecutionResult.Refuse(new GraphQLError($"Schema is not configured to execute {kind} operation.")
            {
                Locations = [plan.Node.Location],
            }));
        }
        var call = new OperationCall(Schema, _options, plan, variables, request, request.WantsCost ? cost : null);
        return plan.Node.Operation == OperationKind.Subscription ? new(call.SubscribeAsync(cancel)) : call.RunAsync(cancel);
    }

    private static GraphQLError? RefuseKind(GraphQLRequest request, OperationKind kind) => kind switch
    {
        OperationKind.Query => null,
        _ when request.OnlyQueries => GraphQLError.Of(ErrorCodes.OnlyQueries, "Only queries may be sent in this way."),
        OperationKind.Mutation when request.NoMutations =>
            GraphQLError.Of(ErrorCodes.NoMutations, "Mutations may not be sent in this way."),
        OperationKind.Subscription when request.NoSubscriptions => GraphQLError.Of(
            ErrorCodes.NoSubscriptions, "A subscription needs a stream: text/event-stream or graphql-transport-ws."),
        _ => null,
    };

    private bool TryPrepare(string text, out PreparedDocument? document, out ExecutionResult? refusal)
    {
        (document, refusal) = (null, null);
        if (!Parser.TryParse(text, out var parsed, out var error, _options.Parsing))
        {
            refusal = ExecutionResult.Refuse(GraphQLError.Of(error.Code, error.Message, error.Location));
            return false;
        }
        if (_hasSecrets && new SecretWalk(Schema, parsed).Run() is { } secret)
        {
            refusal = ExecutionResult.Refuse(secret);
            return false;
        }
        var errors = _options.Rules is { } rules ? rules(Schema, parsed) : [];
        document = new PreparedDocument(Schema, parsed, errors);
        // In what breaks a rule a secret may stand where the schema expects none.
        if (errors.IsEmpty)
        {
            _documents.Keep(text, document);
        }
        return true;
    }
}
