using System.Diagnostics.CodeAnalysis;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// One run of an operation, which writes its answer as it goes. Everything that is there at once is written in one pass;
/// what is not leaves a hole. Specification, section 6.2 and 6.4.
/// </summary>
internal sealed partial class OperationRun
{
    private readonly Schema _schema;
    private readonly VariantPlan _plan;
    private readonly RequestContext _request;
    private readonly IReadOnlyDictionary<string, object?>? _variables;
    private readonly CancellationToken _cancel;
    private readonly int _dataStart;
    private object?[]?[] _arguments = [];

    public OperationRun(
        Schema schema,
        VariantPlan plan,
        IReadOnlyDictionary<string, object?>? variables,
        RequestContext request,
        JsonOutput output)
    {
        (_schema, _plan, _variables, _request, _cancel) = (schema, plan, variables, request, request.Cancel);
        Output = output;
        Output.WriteRaw("{\"data\":"u8);
        _dataStart = Output.Length;
    }

    // A brace, the key "data" and its value, without holes once it is done.
    public JsonOutput Output { get; private set; }

    public List<GraphQLError>? Errors { get; private set; }

    // True if all was there at once.
    public bool TryRun(object? root)
    {
        Enter(null, -1, isNullable: true);
        if (!WriteRoot(root))
        {
            BecomeNull(_dataStart);
        }
        Leave();
        return _pending == 0;
    }

    // The rest, if that was not all.
    public async Task FinishAsync()
    {
        await DriveAsync();
        Stitch();
    }

    // One field after another, each with all that is below it. Section 6.2.2.
    public async Task RunSeriallyAsync(object? root)
    {
        Enter(null, -1, isNullable: true);
        var count = _plan.Root.Fields.Length;
        var fits = true;
        for (var i = 0; i < count && fits; i++)
        {
            fits = WriteFields(_plan.Root, root, i, i + 1);
            if (_pending > 0)
            {
                await DriveAsync();
                fits = fits && _frames[0].Scope?.IsNull != true;
                Stitch();
            }
        }
        if (fits && count > 0)
        {
            Output.WriteRaw((byte)'}');
        }
        else if (!fits || !WriteRoot(root))
        {
            BecomeNull(_dataStart);
        }
        Leave();
    }

    // A condition at the outermost level that has no value is an error without a place in the answer.
    private bool WriteRoot(object? root)
    {
        try
        {
            return WriteFields(_plan.Root, root);
        }
        catch (GraphQLException exception)
        {
            (Errors ??= []).Add(new GraphQLError(exception.Message) { Locations = exception.Locations });
            return false;
        }
    }

    private Task DriveAsync() => _request.Queue.DriveAsync(() => _pending == 0, _cancel);

    private bool IsAbort(Exception exception) =>
        exception is OperationCanceledException && _cancel.IsCancellationRequested;

    private ArgumentValues ArgumentsOf(FieldPlan field)
    {
        if (field.Arguments is not { } plan)
        {
            return default;
        }
        if (field.ArgumentSlot < 0)
        {
            return plan.Constant;
        }
        if (field.ArgumentSlot >= _arguments.Length)
        {
            Array.Resize(ref _arguments, Math.Max(_plan.Slots, field.ArgumentSlot + 1));
        }
        return new ArgumentValues(_arguments[field.ArgumentSlot] ??= plan.Coerce(_variables));
    }

    private ResolverContext ContextOf(FieldPlan field, object? parent, ArgumentValues arguments) =>
        new(parent, field.Parent, field.Definition, arguments, _schema, _request, _cancel);

    [DoesNotReturn]
    private static void Throw(Exception error) => throw error;
}
