using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>What kind of answer it is.</summary>
public enum ResultKind
{
    /// <summary>The operation was run: there is <c>data</c>, and perhaps errors of fields.</summary>
    Answer,

    /// <summary>It was not run: there are errors alone.</summary>
    Refusal,

    /// <summary>A subscription was opened: the answers come one by one.</summary>
    Events,
}

/// <summary>An answer. It holds memory of a pool until it is disposed. Specification, section 7.1.</summary>
public sealed class ExecutionResult : IDisposable
{
    private readonly JsonOutput? _output;
    private readonly IDisposable? _owned;

    internal ExecutionResult(ResultKind kind, JsonOutput output, IReadOnlyList<GraphQLError>? errors) =>
        (Kind, _output, Errors) = (kind, output, errors ?? []);

    internal ExecutionResult(IAsyncEnumerable<ExecutionResult> events, IDisposable owned) =>
        (Kind, Events, _owned, Errors) = (ResultKind.Events, events, owned, []);

    /// <summary>What kind of answer it is.</summary>
    public ResultKind Kind { get; }

    /// <summary>
    /// The whole answer as JSON in UTF-8; empty for <see cref="ResultKind.Events"/>. Valid until it is disposed.
    /// </summary>
    public ReadOnlyMemory<byte> Payload => _output?.Written ?? default;

    /// <summary>
    /// The answers of a subscription, null for the other kinds. It can be followed once. It ends when its source ends, and
    /// throws what its source throws; who stops following closes the source. Section 6.2.3.2.
    /// </summary>
    public IAsyncEnumerable<ExecutionResult>? Events { get; }

    /// <summary>The errors that are in the payload.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    /// <summary>An answer of errors alone.</summary>
    /// <param name="errors">At least one.</param>
    public static ExecutionResult Refuse(params IReadOnlyList<GraphQLError> errors)
    {
        var output = new JsonOutput(512);
        ResponseWriter.WriteErrors(output, errors);
        output.WriteRaw((byte)'}');
        return new ExecutionResult(ResultKind.Refusal, output, errors);
    }

    /// <summary>Gives the memory back, and closes what a subscription holds.</summary>
    public void Dispose()
    {
        _output?.Dispose();
        _owned?.Dispose();
    }
}
