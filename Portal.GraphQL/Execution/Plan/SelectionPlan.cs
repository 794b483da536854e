namespace Portal.GraphQL.Execution;

/// <summary>What is selected of one object type: fields merged, conditions decided. Specification, section 6.3.2.</summary>
internal sealed class SelectionPlan(FieldPlan[] fields, GraphQLException? error = null)
{
    public FieldPlan[] Fields { get; } = fields;

    // A condition that has no value: known only when the selection is run, as it is an error of that place.
    public GraphQLException? Error { get; } = error;
}
