using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class IntrospectionTests
{
    private static readonly Schema Schema = Portal.GraphQL.Types.Schema.FromSdl("""
        type Query { a(x: Int = 3, y: Int @deprecated): E old: Int @deprecated(reason: "Gone.") u: U }
        enum E { A B @deprecated } input I @oneOf { a: Int b: Int @deprecated } union U = Query
        scalar S @specifiedBy(url: "https://s.example")
        directive @d(x: Int) repeatable on FIELD | QUERY
        """);

    [Fact]
    public void Introspection_describes_itself_and_keeps_the_rules()
    {
        Assert.Empty(SchemaValidator.Validate(Schema));
        Assert.Equal(8, Introspection.Types.Length);
        Assert.All(Introspection.Types, type => Assert.Same(type, Schema.FindType(type.Name)));
        Assert.Equal(
            ["include", "skip", "deprecated", "specifiedBy", "oneOf"],
            Introspection.Directives.Select(directive => directive.Name));
        var values = ((EnumType)Schema.FindType("__DirectiveLocation")!).Values.Select(value => value.Name);
        Assert.Equal(DirectiveLocations.Executable.Concat(DirectiveLocations.TypeSystem).Order(), values.Order());
    }

    [Fact]
    public async Task Every_field_of_introspection_has_something_to_read()
    {
        var query = Schema.Query!;
        foreach (var (type, parent) in new (string, object)[]
        {
            ("__Schema", Schema), ("__Type", query), ("__Field", query.Fields[0]), ("__InputValue", query.Fields[0].Arguments[0]),
            ("__EnumValue", ((EnumType)Schema.FindType("E")!).Values[0]), ("__Directive", Schema.FindDirective("d")!),
        })
        {
            foreach (var field in ((ObjectType)Schema.FindType(type)!).Fields)
            {
                var value = await Ask(type, field.Name, parent, true);
                Assert.True(value is not null || !field.Type.IsNonNull, $"{type}.{field.Name}");
            }
        }
    }

    [Theory]
    [InlineData("Query", "fields", 2, 3)]
    [InlineData("E", "enumValues", 1, 2)]
    [InlineData("I", "inputFields", 1, 2)]
    public async Task What_is_deprecated_is_shown_only_if_asked_for(string type, string field, int few, int all)
    {
        Assert.Equal(few, ((object[])(await Ask("__Type", field, Schema.FindType(type)!, false))!).Length);
        Assert.Equal(all, ((object[])(await Ask("__Type", field, Schema.FindType(type)!, true))!).Length);
    }

    [Fact]
    public async Task Members_are_read_off_the_model()
    {
        var field = Schema.Query!.Fields[0];
        Assert.Single((object[])(await Ask("__Field", "args", field, false))!);
        Assert.Equal("3", await Ask("__InputValue", "defaultValue", field.Arguments[0], false));
        Assert.Equal(true, await Ask("__Field", "isDeprecated", Schema.Query.Fields[1], false));
        Assert.Equal("Gone.", await Ask("__Field", "deprecationReason", Schema.Query.Fields[1], false));
        Assert.Equal(true, await Ask("__Type", "isOneOf", Schema.FindType("I")!, false));
        Assert.Null(await Ask("__Type", "isOneOf", Schema.FindType("E")!, false));
        Assert.Equal("https://s.example", await Ask("__Type", "specifiedByURL", Schema.FindType("S")!, false));
        Assert.Equal([Schema.Query], (object[])(await Ask("__Type", "possibleTypes", Schema.FindType("U")!, false))!);
        Assert.Same(Schema.Query, await Ask("__Type", "ofType", Schema.Query.NonNull, false));
        Assert.Equal(TypeKind.NonNull, await Ask("__Type", "kind", Schema.Query.NonNull, false));
        Assert.Equal(["FIELD", "QUERY"], (object[])(await Ask("__Directive", "locations", Schema.FindDirective("d")!, false))!);
    }

    [Fact]
    public async Task Meta_fields_answer()
    {
        Assert.Same(Schema, await Ask(Introspection.SchemaField));
        Assert.Same(Schema.FindType("E"), await Ask(Introspection.TypeField, "E"));
        Assert.Null(await Ask(Introspection.TypeField, "Nothing"));
        Assert.Equal("Query", await Ask(Introspection.TypeName));
    }

    private static async Task<object?> Ask(string type, string name, object parent, bool includeDeprecated)
    {
        var owner = (ObjectType)Schema.FindType(type)!;
        var field = owner.FindField(name)!;
        var arguments = new ArgumentValues([includeDeprecated]);
        return field.Read is { } read
            ? read(parent)
            : await field.Resolver!(new ResolverContext(parent, owner, field, arguments, Schema, null, default));
    }

    private static async Task<object?> Ask(FieldDefinition field, params object?[] arguments) =>
        await field.Resolver!(
            new ResolverContext(null, Schema.Query!, field, new ArgumentValues(arguments), Schema, null, default));
}
