namespace Portal.GraphQL.Language;

/// <content>Values and references to types: specification, sections 2.9 to 2.11.</content>
internal ref partial struct DocumentReader
{
    private ValueNode ReadValue(bool isConstant)
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.BracketOpen:
                return ReadList(isConstant);
            case TokenKind.BraceOpen:
                return ReadObject(isConstant);
            case TokenKind.Int:
                Advance();
                return new IntValueNode(_lexer.ValueOf(token)) { Location = Place(token) };
            case TokenKind.Float:
                Advance();
                return new FloatValueNode(_lexer.ValueOf(token)) { Location = Place(token) };
            case TokenKind.PlainString or TokenKind.EscapedString or TokenKind.BlockString:
                return ReadString();
            case TokenKind.Name:
                Advance();
                return ReadWord(token);
            case TokenKind.Dollar:
                return isConstant ? throw RefuseVariable() : ReadVariable();
            default:
                throw Unexpected();
        }
    }

    private readonly ValueNode ReadWord(in Token token) => _lexer.RawText(token) switch
    {
        "true" => new BooleanValueNode(true) { Location = Place(token) },
        "false" => new BooleanValueNode(false) { Location = Place(token) },
        "null" => new NullValueNode { Location = Place(token) },
        var word => new EnumValueNode(_names.Get(word)) { Location = Place(token) },
    };

    private SyntaxException RefuseVariable()
    {
        var dollar = Expect(TokenKind.Dollar);
        return _token.Kind == TokenKind.Name
            ? Refuse(dollar, $"Unexpected variable \"${_lexer.RawText(_token)}\" in constant value.")
            : Unexpected(dollar);
    }

    private VariableNode ReadVariable()
    {
        var start = Expect(TokenKind.Dollar);
        var name = ReadName();
        return new(name) { Location = Since(start) };
    }

    private StringValueNode ReadString()
    {
        var token = _token;
        Advance();
        return new(_lexer.ValueOf(token), token.Kind == TokenKind.BlockString) { Location = Place(token) };
    }

    private ListValueNode ReadList(bool isConstant)
    {
        Enter();
        var start = Expect(TokenKind.BracketOpen);
        var items = new ItemBuffer<ValueNode>();
        while (!Skip(TokenKind.BracketClose))
        {
            items.Add(ReadValue(isConstant));
        }
        Leave();
        return new(items.ToImmutable()) { Location = Since(start) };
    }

    private ObjectValueNode ReadObject(bool isConstant)
    {
        Enter();
        var start = Expect(TokenKind.BraceOpen);
        var items = new ItemBuffer<ObjectFieldNode>();
        while (!Skip(TokenKind.BraceClose))
        {
            var field = _token;
            var name = ReadName();
            Expect(TokenKind.Colon);
            var value = ReadValue(isConstant);
            items.Add(new(name, value) { Location = Since(field) });
        }
        Leave();
        return new(items.ToImmutable()) { Location = Since(start) };
    }

    private TypeNode ReadType()
    {
        var start = _token;
        TypeNode type;
        if (_token.Kind == TokenKind.BracketOpen)
        {
            Enter();
            Advance();
            var item = ReadType();
            Expect(TokenKind.BracketClose);
            Leave();
            type = new ListTypeNode(item) { Location = Since(start) };
        }
        else
        {
            type = ReadNamedType();
        }
        return Skip(TokenKind.Bang) ? new NonNullTypeNode(type) { Location = Since(start) } : type;
    }

    private NamedTypeNode ReadNamedType()
    {
        var name = ReadName();
        return new(name) { Location = name.Location };
    }
}
