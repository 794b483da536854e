namespace Portal.GraphQL.Language;

/// <content>Definitions of types: specification, sections 3.5 to 3.10.</content>
internal ref partial struct DocumentReader
{
    private ScalarTypeDefinitionNode ReadScalar()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("scalar");
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        return new(description, name, directives) { Location = Since(start) };
    }

    private ObjectTypeDefinitionNode ReadObjectType()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("type");
        var name = ReadName();
        var interfaces = ReadInterfaces();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadFieldDefinitions();
        return new(description, name, interfaces, directives, fields) { Location = Since(start) };
    }

    private InterfaceTypeDefinitionNode ReadInterface()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("interface");
        var name = ReadName();
        var interfaces = ReadInterfaces();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadFieldDefinitions();
        return new(description, name, interfaces, directives, fields) { Location = Since(start) };
    }

    private UnionTypeDefinitionNode ReadUnion()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("union");
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var members = ReadMembers();
        return new(description, name, directives, members) { Location = Since(start) };
    }

    private EnumTypeDefinitionNode ReadEnum()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("enum");
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var values = ReadEnumValues();
        return new(description, name, directives, values) { Location = Since(start) };
    }

    private InputObjectTypeDefinitionNode ReadInputObject()
    {
        var start = _token;
        var description = ReadDescription();
        ExpectWord("input");
        var name = ReadName();
        var directives = ReadDirectives(isConstant: true);
        var fields = ReadInputFields();
        return new(description, name, directives, fields) { Location = Since(start) };
    }
}
