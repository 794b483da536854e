using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <content>Documents, operations and fragments.</content>
internal sealed partial class DocumentWriter
{
    // What nests goes through small methods, so that a level takes little of the stack.
    public void Write(Node node)
    {
        switch (node)
        {
            case FieldNode n:
                WriteField(n);
                break;
            case SelectionSetNode n:
                AddBlock("{", n.Selections, "}");
                break;
            case InlineFragmentNode n:
                WriteInlineFragment(n);
                break;
            case ObjectFieldNode n:
                Add(n.Name.Value).Add(": ").WriteValue(n.Value);
                break;
            case ValueNode n:
                WriteValue(n);
                break;
            case TypeNode n:
                WriteType(n);
                break;
            default:
                WriteOther(node);
                break;
        }
    }

    private void WriteOther(Node node)
    {
        switch (node)
        {
            case DocumentNode n:
                AddEach(n.Definitions, "\n\n");
                break;
            case OperationDefinitionNode n:
                WriteOperation(n);
                break;
            case FragmentDefinitionNode n:
                AddDescription(n.Description);
                Add("fragment ").Add(n.Name.Value).Add(" on ").Write(n.TypeCondition);
                AddDirectives(n.Directives);
                Add(" ").Write(n.SelectionSet);
                break;
            case VariableDefinitionNode n:
                AddDescription(n.Description);
                Write(n.Variable);
                WriteTypeAndDefault(n.Type, n.DefaultValue, n.Directives);
                break;
            case FragmentSpreadNode n:
                Add("...").Add(n.Name.Value).AddDirectives(n.Directives);
                break;
            case ArgumentNode n:
                Add(n.Name.Value).Add(": ").Write(n.Value);
                break;
            case DirectiveNode n:
                Add("@").Add(n.Name.Value).AddInParentheses(n.Arguments);
                break;
            default:
                WriteTypeSystem(node);
                break;
        }
    }

    private void WriteOperation(OperationDefinitionNode n)
    {
        // Behind "type A" and a blank line, braces alone would be read as the fields of A.
        var mayBeginWithBrace = _text.Length == 0 || _text[^3] == '}';
        var isPlain = mayBeginWithBrace && n is { Operation: OperationKind.Query, Name: null, Description: null }
            && n.VariableDefinitions.IsEmpty && n.Directives.IsEmpty;
        if (!isPlain)
        {
            AddDescription(n.Description);
            Add(Word(n.Operation));
            Add(n.Name is { } name ? " " + name : n.VariableDefinitions.IsEmpty ? "" : " ");
            WriteVariableDefinitions(n.VariableDefinitions);
            AddDirectives(n.Directives);
            Add(" ");
        }
        Write(n.SelectionSet);
    }

    // Described variables stand one to a line, but, as in the reference, are not indented.
    private void WriteVariableDefinitions(ImmutableArray<VariableDefinitionNode> variables)
    {
        if (variables.Any(SpansLines))
        {
            Add("(\n").AddEach(variables, "\n");
            Add("\n)");
        }
        else
        {
            AddInParentheses(variables);
        }
    }

    // The arguments share a line with the field if that line stays short.
    private void WriteField(FieldNode n)
    {
        var key = n.Alias is { } alias ? $"{alias}: {n.Name}" : n.Name.Value;
        Add(key);
        if (!n.Arguments.IsEmpty
            && key.Length + 2 + n.Arguments.Sum(argument => Measure(argument).Length + 2) - 2 > LongestLine)
        {
            AddBlock("(", n.Arguments, ")");
        }
        else
        {
            AddInParentheses(n.Arguments);
        }
        AddDirectives(n.Directives);
        if (n.SelectionSet is not null)
        {
            Add(" ").Write(n.SelectionSet);
        }
    }

    private void WriteInlineFragment(InlineFragmentNode n)
    {
        Add("...");
        if (n.TypeCondition is not null)
        {
            Add(" on ").WriteType(n.TypeCondition);
        }
        AddDirectives(n.Directives);
        Add(" ").Write(n.SelectionSet);
    }

    private void AddInParentheses<T>(ImmutableArray<T> nodes)
        where T : Node
    {
        if (!nodes.IsEmpty)
        {
            Add("(").AddEach(nodes, ", ");
            Add(")");
        }
    }

    private static bool SpansLines(Node node) => Measure(node).Contains('\n', StringComparison.Ordinal);

    private static string Word(OperationKind kind) => kind switch
    {
        OperationKind.Mutation => "mutation",
        OperationKind.Subscription => "subscription",
        _ => "query",
    };
}
