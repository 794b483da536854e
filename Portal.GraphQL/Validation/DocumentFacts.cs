using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>What must be known of a whole document before its first definition is looked at.</summary>
internal sealed class DocumentFacts
{
    private static readonly Dictionary<string, FragmentDefinitionNode> NoFragments = [];

    public DocumentFacts(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            switch (definition)
            {
                case OperationDefinitionNode:
                    OperationCount++;
                    break;
                case FragmentDefinitionNode fragment:
                    // The last one of a name counts.
                    Fragments = Fragments == NoFragments ? new(StringComparer.Ordinal) : Fragments;
                    Fragments[fragment.Name.Value] = fragment;
                    break;
                case DirectiveDefinitionNode directive:
                    (Directives ??= new(StringComparer.Ordinal))[directive.Name.Value] = directive;
                    break;
                case TypeDefinitionNode type:
                    (TypeNames ??= new(StringComparer.Ordinal)).Add(type.Name.Value);
                    break;
            }
        }
    }

    public int OperationCount { get; }

    public Dictionary<string, FragmentDefinitionNode> Fragments { get; } = NoFragments;

    // Definitions of a type system have no place in a document that is run, but rules look at them all the same.
    public Dictionary<string, DirectiveDefinitionNode>? Directives { get; }

    public HashSet<string>? TypeNames { get; }

    public FragmentDefinitionNode? FindFragment(string name) => Fragments.GetValueOrDefault(name);
}
