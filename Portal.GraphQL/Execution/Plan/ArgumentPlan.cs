using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// The arguments of a field, coerced once if no variable is among them. Specification, section 6.4.1,
/// <c>CoerceArgumentValues()</c>; the words are those of the reference implementation.
/// </summary>
internal sealed class ArgumentPlan
{
    private readonly FieldDefinition _field;
    private readonly FieldNode _node;
    private readonly object?[]? _values;
    private readonly GraphQLException? _error;

    public ArgumentPlan(FieldDefinition field, FieldNode node)
    {
        (_field, _node) = (field, node);
        IsConstant = !node.Arguments.Any(argument => HoldsVariable(argument.Value));
        if (IsConstant)
        {
            try
            {
                _values = Coerce(null);
            }
            catch (GraphQLException error)
            {
                _error = error;
            }
        }
    }

    public bool IsConstant { get; }

    public ArgumentValues Constant => _error is null
        ? new ArgumentValues(_values)
        : throw new GraphQLException(_error.Message) { Locations = _error.Locations };

    public object?[] Coerce(IReadOnlyDictionary<string, object?>? variables)
    {
        var values = new object?[_field.Arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Coerce(_field.Arguments[i], _node.Arguments, _node.Location, variables);
        }
        return values;
    }

    // One argument of a field or a directive.
    public static object? Coerce(
        ArgumentDefinition argument,
        IReadOnlyList<ArgumentNode> given,
        Location place,
        IReadOnlyDictionary<string, object?>? variables)
    {
        var value = given.LastOrDefault(node => node.Name.Value == argument.Name)?.Value;
        if (value is null)
        {
            return Default(argument, "was not provided.", place);
        }
        object? found = null;
        if (value is VariableNode variable && variables?.TryGetValue(variable.Name.Value, out found) != true)
        {
            return Default(
                argument,
                $"was provided the variable \"${variable.Name}\" which was not provided a runtime value.",
                value.Location);
        }
        if (argument.Type.IsNonNull && (value is NullValueNode || (value is VariableNode && found is null)))
        {
            throw new GraphQLException(
                $"Argument \"{argument.Name}\" of non-null type \"{argument.Type}\" must not be null.", value.Location);
        }
        return Literals.TryCoerce(value, argument.Type, variables, out var coerced)
            ? coerced
            : throw new GraphQLException(
                $"Argument \"{argument.Name}\" has invalid value {Printer.Print(value)}.", value.Location);
    }

    public static bool HoldsVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Items.Any(HoldsVariable),
        ObjectValueNode map => map.Fields.Any(field => HoldsVariable(field.Value)),
        _ => false,
    };

    private static object? Default(ArgumentDefinition argument, string reason, Location place)
    {
        if (argument.HasDefault)
        {
            return argument.DefaultValue;
        }
        return argument.Type.IsNonNull
            ? throw new GraphQLException($"Argument \"{argument.Name}\" of required type \"{argument.Type}\" {reason}", place)
            : ArgumentValues.Absent;
    }
}
