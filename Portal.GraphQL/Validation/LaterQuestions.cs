using System.Runtime.InteropServices;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// What a walk collects because it can be asked only at its end, when all fragments were seen: variables, and fields with
/// the same key. Each question keeps the place among the errors where its answer belongs.
/// </summary>
internal sealed class LaterQuestions(
    Schema schema, DocumentFacts facts, FragmentGraph graph, ValidationOptions options, int tokens)
{
    private const int MostAtFirst = 256;
    private const ValidationRules VariableRules = ValidationRules.NoUndefinedVariables | ValidationRules.NoUnusedVariables
        | ValidationRules.VariablesInAllowedPosition;

    private readonly bool _asksVariables = (options.Rules & VariableRules) != 0;
    private readonly bool _asksFields = (options.Rules & ValidationRules.OverlappingFieldsCanBeMerged) != 0;
    private readonly FieldScopes _scopes = new(tokens);
    private readonly VariableUses _uses = new();
    private readonly List<Question> _questions = new(Math.Clamp(tokens / 8, 4, MostAtFirst));
    private ExecutableDefinitionNode? _definition;

    /// <summary>A definition begins.</summary>
    public void Begin(ExecutableDefinitionNode definition)
    {
        _definition = definition;
        _uses.Begin(definition);
    }

    /// <summary>An operation ends.</summary>
    /// <param name="place">How many errors there were.</param>
    public void End(int place)
    {
        if (_asksVariables)
        {
            _questions.Add(new Question(place, (OperationDefinitionNode)_definition!, default));
        }
    }

    /// <summary>A variable is used.</summary>
    public void AddUsage(VariableNode node, Position at) => _uses.Add(node, at);

    /// <summary>A selection begins whose fields go together: that of an operation, a fragment or a field.</summary>
    public int OpenScope() => _asksFields ? _scopes.Open() : -1;

    /// <summary>The selection is that of a fragment.</summary>
    public void NameScope(string fragment, int scope)
    {
        if (_asksFields)
        {
            _scopes.Name(fragment, scope);
        }
    }

    /// <summary>Selections begin: those of a scope, or an inline fragment in it.</summary>
    public void AddSelections(SelectionSetNode set, NamedType? parent, int scope, int place)
    {
        if (_asksFields)
        {
            _questions.Add(new Question(place, null, new ScopedSelections(set, parent, scope)));
        }
    }

    /// <summary>A field is selected.</summary>
    public void AddField(int scope, FieldNode node, NamedType? parent, FieldDefinition? field, int inner)
    {
        if (_asksFields)
        {
            // Meta fields are no fields of the type, as the reference has it.
            _scopes.Add(scope, node, parent, field is { Index: >= 0 } ? field : null, inner);
        }
    }

    /// <summary>A fragment is spread.</summary>
    public void AddSpread(int scope, string fragment)
    {
        if (_asksFields)
        {
            _scopes.Spread(scope, fragment);
        }
    }

    /// <summary>All errors, the answers in their places.</summary>
    public ErrorLog Answer(ErrorLog log)
    {
        var fields = _asksFields && _scopes.Settle() is { } suspects ? MakeConflicts(suspects) : null;
        if (fields is null && !_uses.NeedAnswers)
        {
            return log;
        }
        var (all, copied) = (new ErrorLog(options.MaxErrors), 0);
        foreach (ref readonly var question in CollectionsMarshal.AsSpan(_questions))
        {
            all.Copy(log, copied, question.Place);
            copied = question.Place;
            if (all.IsFull)
            {
                break;
            }
            if (question.Operation is { } operation)
            {
                new VariableRulesOf(schema, operation, options.Rules, all).Check(_uses, graph.ReachableFrom(operation));
            }
            else
            {
                fields?.Check(question.Selections, all);
            }
        }
        all.Copy(log, copied, log.Count);
        return all;
    }

    private FieldConflicts MakeConflicts(SuspectFields suspects)
    {
        var scopeOf = new Dictionary<SelectionSetNode, int>(ReferenceEqualityComparer.Instance);
        foreach (var question in _questions)
        {
            if (question.Operation is null)
            {
                scopeOf[question.Selections.Set] = question.Selections.Scope;
            }
        }
        return new FieldConflicts(schema, facts, suspects, scopeOf);
    }

    private readonly record struct Question(int Place, OperationDefinitionNode? Operation, ScopedSelections Selections);
}

/// <summary>Selections, the type that they are selected from, and the scope that their fields belong to.</summary>
internal readonly record struct ScopedSelections(SelectionSetNode Set, NamedType? Parent, int Scope);
