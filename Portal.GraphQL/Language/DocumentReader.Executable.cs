using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <content>Operations, selections and fragments: specification, sections 2.3 to 2.8 and 2.12.</content>
internal ref partial struct DocumentReader
{
    private OperationDefinitionNode ReadOperation()
    {
        var start = _token;
        if (_token.Kind == TokenKind.BraceOpen)
        {
            var selection = ReadSelectionSet();
            return new(null, OperationKind.Query, null, [], [], selection) { Location = Since(start) };
        }
        var description = ReadDescription();
        var kind = ReadOperationKind();
        NameNode? name = _token.Kind == TokenKind.Name ? ReadName() : null;
        var variables = ReadOptionalMany(
            TokenKind.ParenOpen, static (ref reader) => reader.ReadVariableDefinition(), TokenKind.ParenClose);
        var directives = ReadDirectives(isConstant: false);
        var selections = ReadSelectionSet();
        return new(description, kind, name, variables, directives, selections) { Location = Since(start) };
    }

    private OperationKind ReadOperationKind()
    {
        var token = Expect(TokenKind.Name);
        return _lexer.RawText(token) switch
        {
            "query" => OperationKind.Query,
            "mutation" => OperationKind.Mutation,
            "subscription" => OperationKind.Subscription,
            _ => throw Unexpected(token),
        };
    }

    private VariableDefinitionNode ReadVariableDefinition()
    {
        var start = _token;
        var description = ReadDescription();
        var variable = ReadVariable();
        Expect(TokenKind.Colon);
        var type = ReadType();
        var value = Skip(TokenKind.EqualsSign) ? ReadValue(isConstant: true) : null;
        var directives = ReadDirectives(isConstant: true);
        return new(description, variable, type, value, directives) { Location = Since(start) };
    }

    private SelectionSetNode ReadSelectionSet()
    {
        var start = _token;
        Enter();
        Expect(TokenKind.BraceOpen);
        var items = new ItemBuffer<SelectionNode>();
        do
        {
            items.Add(_token.Kind == TokenKind.Spread ? ReadFragment() : ReadField());
        }
        while (!Skip(TokenKind.BraceClose));
        Leave();
        return new(items.ToImmutable()) { Location = Since(start) };
    }

    private FieldNode ReadField()
    {
        var start = _token;
        var name = ReadName();
        NameNode? alias = null;
        if (Skip(TokenKind.Colon))
        {
            alias = name;
            name = ReadName();
        }
        var arguments = ReadArguments(isConstant: false);
        var directives = ReadDirectives(isConstant: false);
        var selections = _token.Kind == TokenKind.BraceOpen ? ReadSelectionSet() : null;
        return new(alias, name, arguments, directives, selections) { Location = Since(start) };
    }

    private SelectionNode ReadFragment()
    {
        var start = _token;
        Expect(TokenKind.Spread);
        var isConditional = SkipWord("on");
        if (!isConditional && _token.Kind == TokenKind.Name)
        {
            var name = ReadFragmentName();
            return new FragmentSpreadNode(name, ReadDirectives(isConstant: false)) { Location = Since(start) };
        }
        var condition = isConditional ? ReadNamedType() : null;
        var directives = ReadDirectives(isConstant: false);
        var selections = ReadSelectionSet();
        return new InlineFragmentNode(condition, directives, selections) { Location = Since(start) };
    }

    private FragmentDefinitionNode ReadFragmentDefinition()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("fragment");
        var name = ReadFragmentName();
        ExpectWord("on");
        var condition = ReadNamedType();
        var directives = ReadDirectives(isConstant: false);
        var selections = ReadSelectionSet();
        return new(description, name, condition, directives, selections) { Location = Since(start) };
    }

    private NameNode ReadFragmentName() => IsWord("on") ? throw Unexpected() : ReadName();

    private ImmutableArray<ArgumentNode> ReadArguments(bool isConstant) => ReadOptionalMany<ArgumentNode>(
        TokenKind.ParenOpen,
        isConstant ? static (ref reader) => reader.ReadArgument(true) : static (ref reader) => reader.ReadArgument(false),
        TokenKind.ParenClose);

    private ArgumentNode ReadArgument(bool isConstant)
    {
        var start = _token;
        var name = ReadName();
        Expect(TokenKind.Colon);
        var value = ReadValue(isConstant);
        return new(name, value) { Location = Since(start) };
    }

    private ImmutableArray<DirectiveNode> ReadDirectives(bool isConstant)
    {
        if (_token.Kind != TokenKind.At)
        {
            return [];
        }
        var items = new ItemBuffer<DirectiveNode>();
        while (_token.Kind == TokenKind.At)
        {
            var start = _token;
            Advance();
            var name = ReadName();
            var arguments = ReadArguments(isConstant);
            items.Add(new(name, arguments) { Location = Since(start) });
        }
        return items.ToImmutable();
    }
}
