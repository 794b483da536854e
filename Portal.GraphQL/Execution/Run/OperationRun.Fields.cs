using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <content>Objects and their fields. Specification, sections 6.3 and 6.4.</content>
internal sealed partial class OperationRun
{
    // False when null has to take the place of the object or of something around it; what was written is of no use then.
    private bool WriteFields(SelectionPlan selection, object? parent)
    {
        if (selection.Error is { } error)
        {
            throw new GraphQLException(error.Message) { Locations = error.Locations };
        }
        if (_cancel.IsCancellationRequested)
        {
            _cancel.ThrowIfCancellationRequested();
        }
        if (selection.Fields.Length == 0)
        {
            Output.WriteRaw("{}"u8);
            return true;
        }
        if (!WriteFields(selection, parent, 0, selection.Fields.Length))
        {
            return false;
        }
        Output.WriteRaw((byte)'}');
        return true;
    }

    private bool WriteFields(SelectionPlan selection, object? parent, int from, int to)
    {
        var fields = selection.Fields;
        var output = Output;
        var depth = _depth;
        var start = 0;
        while (from < to)
        {
            try
            {
                for (; from < to; from++)
                {
                    var field = fields[from];
                    output.WriteRaw(field.Opening);
                    start = output.Length;
                    var fits = field.Way switch
                    {
                        FieldWay.Constant => true,
                        FieldWay.Write => field.Write!(parent, output) || Complete(field, field.Shape, null, -1),
                        FieldWay.Read => Complete(field, field.Shape, field.Read!(parent), -1),
                        _ => Resolve(field, parent),
                    };
                    if (!fits)
                    {
                        return false;
                    }
                }
            }
            catch (Exception exception) when (!IsAbort(exception))
            {
                Unwind(depth, start);
                if (!Fail(fields[from], fields[from].Shape, -1, exception))
                {
                    return false;
                }
                from++;
            }
        }
        return true;
    }

    private bool Resolve(FieldPlan field, object? parent)
    {
        var context = ContextOf(field, parent, ArgumentsOf(field));
        if (field.Authorizer is not { } authorizer)
        {
            return Await(field, field.Resolver!(context));
        }
        var asked = authorizer(context);
        return asked.IsCompletedSuccessfully && asked.Result is null
            ? Await(field, field.Resolver!(context))
            : Await(field, AskedAsync(asked, field, context));
    }

    private bool Await(FieldPlan field, ValueTask<object?> value)
    {
        if (value.IsCompleted)
        {
            var result = value.GetAwaiter().GetResult();
            if (result is not IAsyncEnumerable<object?> stream || field.Shape.Kind != TypeKind.List)
            {
                return Complete(field, field.Shape, result, -1);
            }
            value = CollectAsync(stream, _cancel);
        }
        Suspend(field, value);
        return true;
    }

    private static async ValueTask<object?> AskedAsync(ValueTask<GraphQLError?> asked, FieldPlan field, ResolverContext context)
    {
        if (await asked is { } refusal)
        {
            throw new GraphQLException(refusal.Message, refusal.Extensions);
        }
        return await field.Resolver!(context);
    }

    private static async ValueTask<object?> CollectAsync(IAsyncEnumerable<object?> stream, CancellationToken cancel)
    {
        var items = new List<object?>();
        await foreach (var item in stream.WithCancellation(cancel))
        {
            items.Add(item);
        }
        return items;
    }
}
