using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>A document that was read and checked, with the plans of its operations.</summary>
internal sealed class PreparedDocument
{
    private readonly ImmutableArray<OperationDefinitionNode> _operations;
    private readonly FrozenDictionary<string, FragmentDefinitionNode> _fragments;
    private readonly OperationPlan?[] _plans;
    private readonly Schema _schema;

    public PreparedDocument(Schema schema, DocumentNode document, ImmutableArray<GraphQLError> errors)
    {
        (_schema, Document, Errors) = (schema, document, errors);
        _operations = [.. document.Definitions.OfType<OperationDefinitionNode>()];
        _plans = new OperationPlan?[_operations.Length];
        var fragments = new Dictionary<string, FragmentDefinitionNode>(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            fragments[fragment.Name.Value] = fragment;
        }
        _fragments = fragments.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public DocumentNode Document { get; }

    // Of the rules; the document is not run if there are any.
    public ImmutableArray<GraphQLError> Errors { get; }

    // Section 6.1, GetOperation().
    public OperationPlan? Find(string? name, out GraphQLError? error)
    {
        error = null;
        var index = -1;
        for (var i = 0; i < _operations.Length; i++)
        {
            if (name is not null && _operations[i].Name?.Value != name)
            {
                continue;
            }
            if (name is null && index >= 0)
            {
                error = new GraphQLError("Must provide operation name if query contains multiple operations.");
                return null;
            }
            index = i;
        }
        if (index < 0)
        {
            error = new GraphQLError(name is null ? "Must provide an operation." : $"Unknown operation named \"{name}\".");
            return null;
        }
        return _plans[index] ??= new OperationPlan(_schema, _operations[index], _fragments);
    }
}
