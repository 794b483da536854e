namespace Portal.GraphQL.Language;

/// <content>The outermost level: specification, section 2.2.</content>
internal ref partial struct DocumentReader
{
    public DocumentNode ReadDocument()
    {
        var items = new ItemBuffer<DefinitionNode>();
        do
        {
            items.Add(ReadDefinition());
        }
        while (_token.Kind != TokenKind.EndOfFile);
        return new DocumentNode(items.ToImmutable())
        {
            Location = new Location(0, _token.End, 1, 1),
            TokenCount = _tokenCount,
        };
    }

    public ValueNode ReadOnlyThisValue(bool isConstant)
    {
        var value = ReadValue(isConstant);
        Expect(TokenKind.EndOfFile);
        return value;
    }

    public TypeNode ReadOnlyThisType()
    {
        var type = ReadType();
        Expect(TokenKind.EndOfFile);
        return type;
    }

    private DefinitionNode ReadDefinition()
    {
        if (_token.Kind == TokenKind.BraceOpen)
        {
            return ReadOperation();
        }
        var isDescribed = _token.IsString;
        var keyword = isDescribed ? Ahead(out _) : _token;
        if (isDescribed && keyword.Kind == TokenKind.BraceOpen)
        {
            throw Refuse(_token, "Unexpected description, descriptions are not supported on shorthand queries.");
        }
        if (keyword.Kind != TokenKind.Name)
        {
            throw Unexpected(keyword);
        }
        return _lexer.RawText(keyword) switch
        {
            "query" or "mutation" or "subscription" => ReadOperation(),
            "fragment" => ReadFragmentDefinition(),
            "schema" => ReadSchema(),
            "scalar" => ReadScalar(),
            "type" => ReadObjectType(),
            "interface" => ReadInterface(),
            "union" => ReadUnion(),
            "enum" => ReadEnum(),
            "input" => ReadInputObject(),
            "directive" => ReadDirectiveDefinition(),
            _ when isDescribed =>
                throw Refuse(_token, "Unexpected description, only GraphQL definitions support descriptions."),
            "extend" => ReadExtension(),
            _ => throw Unexpected(keyword),
        };
    }

    private StringValueNode? ReadDescription() => _token.IsString ? ReadString() : null;
}
