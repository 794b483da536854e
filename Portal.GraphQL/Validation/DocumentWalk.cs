using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// Goes through a document once, in its order, and knows at each node which type is expected. At each node the rules are
/// asked in the order of <see cref="ValidationRules"/>. What can be said only when all fragments were seen (variables, fields
/// that do not merge) keeps its place and is asked afterwards. This part goes through the definitions.
/// </summary>
internal sealed partial class DocumentWalk
{
    private readonly Schema _schema;
    private readonly DocumentNode _document;
    private readonly ValidationOptions _options;
    private readonly DocumentFacts _facts;
    private readonly FragmentGraph _graph;
    private readonly ErrorLog _log;
    private readonly LaterQuestions _later;
    private ValidationRules _rules;
    private Dictionary<string, NameNode>? _operationNames;
    private Dictionary<string, NameNode>? _fragmentNames;

    public DocumentWalk(Schema schema, DocumentNode document, ValidationOptions options)
    {
        (_schema, _document, _options, _rules) = (schema, document, options, options.Rules);
        _log = new ErrorLog(options.MaxErrors);
        _facts = new DocumentFacts(document);
        _graph = new FragmentGraph(_facts);
        _later = new LaterQuestions(schema, _facts, _graph, options, document.TokenCount);
    }

    public ImmutableArray<ValidationError> Run()
    {
        CheckExecutableDefinitions();
        foreach (var definition in _document.Definitions)
        {
            switch (definition)
            {
                case OperationDefinitionNode operation:
                    VisitOperation(operation);
                    break;
                case FragmentDefinitionNode fragment:
                    VisitFragment(fragment);
                    break;
                default:
                    VisitTypeSystem(definition);
                    break;
            }
        }
        CheckUnusedFragments();
        return _later.Answer(_log).Errors;
    }

    // When there are too many errors, the walk goes on without asking: variables further down are still needed.
    private bool Asks(ValidationRules rule) => (_rules & rule) != 0;

    private void Tell(ValidationRules rule, string message, params ReadOnlySpan<Location> locations)
    {
        _log.Add(rule, message, locations);
        _rules = _log.IsFull ? ValidationRules.None : _rules;
    }

    private string DidYouMean(string name, IEnumerable<string> options) =>
        _options.Suggestions ? Suggestions.DidYouMean(Suggestions.For(name, options)) : "";

    private void VisitOperation(OperationDefinitionNode node)
    {
        _later.Begin(node);
        CheckOperationName(node);
        if (Asks(ValidationRules.LoneAnonymousOperation) && node.Name is null && _facts.OperationCount > 1)
        {
            Tell(
                ValidationRules.LoneAnonymousOperation,
                "This anonymous operation must be the only defined operation.",
                node.Location);
        }
        if (node.Operation == OperationKind.Subscription && Asks(ValidationRules.SingleFieldSubscriptions))
        {
            CheckSubscription(node);
        }
        CheckVariableNames(node.VariableDefinitions);
        CheckUniqueDirectives(node.Directives);
        _variables = node.VariableDefinitions;
        foreach (var variable in node.VariableDefinitions)
        {
            VisitVariable(variable);
        }
        VisitDirectives(node.Directives, LocationOf(node.Operation), null);
        VisitSelections(node.SelectionSet, _schema.RootOf(node.Operation), null, _later.OpenScope());
        _later.End(_log.Count);
    }

    private void VisitFragment(FragmentDefinitionNode node)
    {
        _later.Begin(node);
        var type = _schema.FindType(node.TypeCondition.Name.Value);
        CheckCondition(node.TypeCondition, type, node);
        CheckFragmentName(node);
        if (Asks(ValidationRules.NoFragmentCycles))
        {
            _graph.FindCircles(node, TellCircle);
        }
        CheckUniqueDirectives(node.Directives);
        CheckTypeName(node.TypeCondition, isTypeSystem: false);
        VisitDirectives(node.Directives, "FRAGMENT_DEFINITION", null);
        var scope = _later.OpenScope();
        _later.NameScope(node.Name.Value, scope);
        VisitSelections(node.SelectionSet, type is { IsComposite: true } ? type : null, null, scope);
    }

    private static string LocationOf(OperationKind kind) => kind switch
    {
        OperationKind.Query => "QUERY",
        OperationKind.Mutation => "MUTATION",
        _ => "SUBSCRIPTION",
    };
}
