using System.Collections;
using System.Runtime.CompilerServices;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <content>Values by their types. Specification, section 6.4.3, <c>CompleteValue()</c>.</content>
internal sealed partial class OperationRun
{
    // False when null has to go further up. An exception is an error of this value; what was written then is of no use.
    private bool Complete(FieldPlan field, ValueShape shape, object? value, int index)
    {
        if (value is null)
        {
            if (shape.IsNonNull)
            {
                return Fail(field, shape, index, new GraphQLException(
                    $"Cannot return null for non-nullable field {field.Parent.Name}.{field.Definition.Name}."));
            }
            Output.WriteNull();
            return true;
        }
        switch (shape.Kind)
        {
            case TypeKind.Scalar:
                RefuseFault(value);
                shape.Codec!.Write(Output, value);
                return true;
            case TypeKind.Enum:
                RefuseFault(value);
                Output.WriteRaw(shape.Enum!.Serialize(value).JsonName.Span);
                return true;
            case TypeKind.List:
                return CompleteList(field, shape, value, index);
            default:
                return CompleteObject(field, shape, value, index);
        }
    }

    private bool CompleteObject(FieldPlan field, ValueShape shape, object value, int index)
    {
        RefuseFault(value);
        var selection = field.Select(shape.Object ?? TypeOf(field, shape.Abstract!, value));
        var start = Output.Length;
        Enter(field.Key, index, !shape.IsNonNull);
        var fits = WriteFields(selection, value);
        return Close(shape, fits, start);
    }

    private ObjectType TypeOf(FieldPlan field, NamedType type, object value)
    {
        var found = _schema.TypeOf(type, value) ?? throw new GraphQLException(
            $"Abstract type \"{type.Name}\" must resolve to an Object type at runtime for field " +
            $"\"{field.Parent.Name}.{field.Definition.Name}\". Either the \"{type.Name}\" type should provide a " +
            "\"resolveType\" function or each possible type should provide an \"isTypeOf\" function.");
        return Schema.IsPossible(type, found) ? found : throw new GraphQLException(
            $"Runtime Object type \"{found.Name}\" is not a possible type for \"{type.Name}\".");
    }

    private bool CompleteList(FieldPlan field, ValueShape shape, object value, int index)
    {
        RefuseFault(value);
        var items = value switch
        {
            object?[] array => array,
            IReadOnlyList<object?> list => list,
            string or IDictionary or IReadOnlyDictionary<string, object?> => null,
            IEnumerable any => any.Cast<object?>().ToArray(),
            _ => null,
        };
        if (items is null)
        {
            throw new GraphQLException(
                $"Expected Iterable, but did not find one for field \"{field.Parent.Name}.{field.Definition.Name}\".");
        }
        var start = Output.Length;
        Enter(field.Key, index, !shape.IsNonNull);
        var fits = WriteItems(field, shape.Item!, items);
        return Close(shape, fits, start);
    }

    private bool WriteItems(FieldPlan field, ValueShape shape, IReadOnlyList<object?> items)
    {
        var (output, depth, count) = (Output, _depth, items.Count);
        var array = items as object?[];
        var (i, start) = (0, 0);
        output.WriteRaw((byte)'[');
        while (i < count)
        {
            try
            {
                for (; i < count; i++)
                {
                    if (i > 0)
                    {
                        output.WriteRaw((byte)',');
                    }
                    start = output.Length;
                    if (!Complete(field, shape, array is null ? items[i] : array[i], i))
                    {
                        return false;
                    }
                }
            }
            catch (Exception exception) when (!IsAbort(exception))
            {
                Unwind(depth, start);
                if (!Fail(field, shape, i, exception))
                {
                    return false;
                }
                i++;
            }
        }
        output.WriteRaw((byte)']');
        return true;
    }

    // The end of an object or a list: if it became null, null is written here or left to what is around.
    private bool Close(ValueShape shape, bool fits, int start)
    {
        if (!fits && !shape.IsNonNull)
        {
            BecomeNull(start);
            fits = true;
        }
        Leave();
        return fits;
    }

    // A value may be an error, as the items of a list that could be had only in part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RefuseFault(object value)
    {
        if (value is Exception fault)
        {
            Throw(fault);
        }
    }
}
