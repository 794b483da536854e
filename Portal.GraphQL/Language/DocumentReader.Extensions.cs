namespace Portal.GraphQL.Language;

/// <content>Extensions, each of which must add something: specification, sections 3.3.2 and 3.4.3.</content>
internal ref partial struct DocumentReader
{
    private DefinitionNode ReadExtension()
    {
        var start = _token;
        var keyword = Ahead(out _);
        var word = keyword.Kind == TokenKind.Name ? _lexer.RawText(keyword) : default;
        switch (word)
        {
            case "schema" or "scalar" or "type" or "interface" or "union" or "enum" or "input":
                Advance();
                Advance();
                break;
            default:
                throw Unexpected(keyword);
        }
        return word switch
        {
            "schema" => ReadSchemaExtension(start),
            "scalar" => ReadScalarExtension(start),
            "type" => ReadObjectTypeExtension(start),
            "interface" => ReadInterfaceExtension(start),
            "union" => ReadUnionExtension(start),
            "enum" => ReadEnumExtension(start),
            _ => ReadInputObjectExtension(start),
        };
    }

    private SchemaExtensionNode ReadSchemaExtension(in Token start)
    {
        var directives = ReadDirectives(isConstant: true);
        var operations = ReadOptionalMany(
            TokenKind.BraceOpen, static (ref reader) => reader.ReadOperationType(), TokenKind.BraceClose);
        MustAdd(!directives.IsEmpty || !operations.IsEmpty);
        return new(directives, operations) { Location = Since(start) };
    }

    private ScalarTypeExtensionNode ReadScalarExtension(in Token start)
    {
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        MustAdd(!directives.IsEmpty);
        return new(name, directives) { Location = Since(start) };
    }

    private ObjectTypeExtensionNode ReadObjectTypeExtension(in Token start)
    {
        var name = ReadName();
        var interfaces = ReadInterfaces();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadFieldDefinitions();
        MustAdd(!interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new(name, interfaces, directives, fields) { Location = Since(start) };
    }

    private InterfaceTypeExtensionNode ReadInterfaceExtension(in Token start)
    {
        var name = ReadName();
        var interfaces = ReadInterfaces();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadFieldDefinitions();
        MustAdd(!interfaces.IsEmpty || !directives.IsEmpty || !fields.IsEmpty);
        return new(name, interfaces, directives, fields) { Location = Since(start) };
    }

    private UnionTypeExtensionNode ReadUnionExtension(in Token start)
    {
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var members = ReadMembers();
        MustAdd(!directives.IsEmpty || !members.IsEmpty);
        return new(name, directives, members) { Location = Since(start) };
    }

    private EnumTypeExtensionNode ReadEnumExtension(in Token start)
    {
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var values = ReadEnumValues();
        MustAdd(!directives.IsEmpty || !values.IsEmpty);
        return new(name, directives, values) { Location = Since(start) };
    }

    private InputObjectTypeExtensionNode ReadInputObjectExtension(in Token start)
    {
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadInputFields();
        MustAdd(!directives.IsEmpty || !fields.IsEmpty);
        return new(name, directives, fields) { Location = Since(start) };
    }

    private readonly void MustAdd(bool adds)
    {
        if (!adds)
        {
            throw Unexpected();
        }
    }
}
