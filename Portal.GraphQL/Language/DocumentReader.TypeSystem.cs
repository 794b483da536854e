using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <content>Parts of definitions, schemas and directives: specification, sections 3.3, 3.6, 3.10 and 3.13.</content>
internal ref partial struct DocumentReader
{
    private SchemaDefinitionNode ReadSchema()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("schema");
        var directives = ReadDirectives(isConstant: true);
        var operations = ReadMany(
            TokenKind.BraceOpen, static (ref reader) => reader.ReadOperationType(), TokenKind.BraceClose);
        return new(description, directives, operations) { Location = Since(start) };
    }

    private OperationTypeDefinitionNode ReadOperationType()
    {
        var start = _token;
        var kind = ReadOperationKind();
        Expect(TokenKind.Colon);
        var type = ReadNamedType();
        return new(kind, type) { Location = Since(start) };
    }

    private DirectiveDefinitionNode ReadDirectiveDefinition()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("directive");
        Expect(TokenKind.At);
        var name = ReadName();
        var arguments = ReadArgumentDefinitions();
        var isRepeatable = SkipWord("repeatable");
        ExpectWord("on");
        var locations = ReadDelimited(TokenKind.Pipe, static (ref reader) => reader.ReadDirectiveLocation());
        return new(description, name, arguments, isRepeatable, locations) { Location = Since(start) };
    }

    private NameNode ReadDirectiveLocation()
    {
        var token = _token;
        var name = ReadName();
        return DirectiveLocations.Contains(name.Value) ? name : throw Unexpected(token);
    }

    private ImmutableArray<NamedTypeNode> ReadInterfaces() => SkipWord("implements")
        ? ReadDelimited(TokenKind.Ampersand, static (ref reader) => reader.ReadNamedType())
        : [];

    private ImmutableArray<NamedTypeNode> ReadMembers() => Skip(TokenKind.EqualsSign)
        ? ReadDelimited(TokenKind.Pipe, static (ref reader) => reader.ReadNamedType())
        : [];

    private ImmutableArray<FieldDefinitionNode> ReadFieldDefinitions() => ReadOptionalMany(
        TokenKind.BraceOpen, static (ref reader) => reader.ReadFieldDefinition(), TokenKind.BraceClose);

    private ImmutableArray<InputValueDefinitionNode> ReadInputFields() => ReadOptionalMany(
        TokenKind.BraceOpen, static (ref reader) => reader.ReadInputValue(), TokenKind.BraceClose);

    private ImmutableArray<InputValueDefinitionNode> ReadArgumentDefinitions() => ReadOptionalMany(
        TokenKind.ParenOpen, static (ref reader) => reader.ReadInputValue(), TokenKind.ParenClose);

    private ImmutableArray<EnumValueDefinitionNode> ReadEnumValues() => ReadOptionalMany(
        TokenKind.BraceOpen, static (ref reader) => reader.ReadEnumValue(), TokenKind.BraceClose);

    private FieldDefinitionNode ReadFieldDefinition()
    {
        var start = _token;
        var description = ReadDescription();
        var name = ReadName();
        var arguments = ReadArgumentDefinitions();
        Expect(TokenKind.Colon);
        var type = ReadType();
        var directives = ReadDirectives(isConstant: true);
        return new(description, name, arguments, type, directives) { Location = Since(start) };
    }

    private InputValueDefinitionNode ReadInputValue()
    {
        var start = _token;
        var description = ReadDescription();
        var name = ReadName();
        Expect(TokenKind.Colon);
        var type = ReadType();
        var value = Skip(TokenKind.EqualsSign) ? ReadValue(isConstant: true) : null;
        var directives = ReadDirectives(isConstant: true);
        return new(description, name, type, value, directives) { Location = Since(start) };
    }

    private EnumValueDefinitionNode ReadEnumValue()
    {
        var start = _token;
        var description = ReadDescription();
        if (IsWord("true") || IsWord("false") || IsWord("null"))
        {
            throw Refuse(_token, $"{_lexer.Describe(_token)} is reserved and cannot be used for an enum value.");
        }
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        return new(description, name, directives) { Location = Since(start) };
    }
}
