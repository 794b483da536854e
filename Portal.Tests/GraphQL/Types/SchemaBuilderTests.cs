using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SchemaBuilderTests
{
    private const string Sdl = """
        type Query { a(x: In = {size: LARGE}): Named s: Size }
        type Subscription { ticks: Int }
        interface Named { name: String } type Dog implements Named { name: String } type Cat implements Named { name: String }
        enum Size { SMALL LARGE } input In { size: Size! count: Int = 3 } scalar Length
        """;

    [Fact]
    public async Task What_the_program_adds_is_found_at_its_element()
    {
        FieldResolver resolver = context => new(context.Field.Name);
        var schema = new SchemaBuilder().Add(Sdl)
            .Resolve("Query", "a", resolver)
            .Read<string>("Dog", "name", text => text + "!")
            .Subscribe("Subscription", "ticks", _ => new(Empty()))
            .Annotate("Query.a", "cost", "5").Annotate("Query.a(x:)", "cost", "1").Annotate("", "version", "2")
            .Build();
        var field = schema.Query!.FindField("a")!;
        Assert.Equal("a", await field.Resolver!(new ResolverContext(null, schema.Query, field, default, schema, null, default)));
        Assert.Equal("Rex!", ((ObjectType)schema.FindType("Dog")!).FindField("name")!.Read!("Rex"));
        Assert.NotNull(schema.Subscription!.FindField("ticks")!.Source);
        Assert.Equal("5", field.Annotation<string>("cost"));
        Assert.Equal("1", field.FindArgument("x")!.Annotation<string>("cost"));
        Assert.Equal("2", schema.Annotations["version"]);
        Assert.Null(field.Annotation<string>("other"));
    }

    [Fact]
    public void Enum_values_and_input_objects_are_what_the_program_says()
    {
        var schema = new SchemaBuilder().Add(Sdl)
            .EnumValue("Size", "SMALL", 1).EnumValue("Size", "LARGE", 2)
            .Construct("In", fields => ((int)fields["size"]!, (int)fields["count"]!))
            .Build();
        var argument = schema.Query!.FindField("a")!.FindArgument("x")!;
        Assert.Equal((2, 3), argument.DefaultValue);
        Assert.Equal("{size: LARGE, count: 3}", argument.DefaultText);
        Assert.Equal("SMALL", ((EnumType)schema.FindType("Size")!).Serialize(1).Name);
        Assert.Equal("Enum \"Size\" cannot represent value: 3", Assert.Throws<LeafException>(
            () => ((EnumType)schema.FindType("Size")!).Serialize(3)).Message);
    }

    [Fact]
    public void A_value_is_of_the_object_of_its_class_or_of_what_the_resolver_says()
    {
        var schema = new SchemaBuilder().Add(Sdl).Class("Dog", typeof(Exception)).Build();
        var named = schema.FindType("Named")!;
        Assert.Equal("Dog", schema.TypeOf(named, new InvalidOperationException())!.Name);
        Assert.Null(schema.TypeOf(named, "a string"));
        schema = new SchemaBuilder().Add(Sdl).ResolveType("Named", (_, whole) => (ObjectType?)whole.FindType("Cat")).Build();
        Assert.Equal("Cat", schema.TypeOf(schema.FindType("Named")!, "a string")!.Name);
    }

    [Fact]
    public void Definitions_of_several_documents_and_made_by_hand_are_one_schema()
    {
        var byHand = new ObjectTypeDefinitionNode(
            new StringValueNode("By hand."),
            new NameNode("B"),
            [],
            [],
            [new FieldDefinitionNode(null, new NameNode("q"), [], new NamedTypeNode(new NameNode("Query")), [])]);
        var schema = new SchemaBuilder().Add("type Query { b: B }").Add(byHand).Add("extend type B { c: Int }").Build();
        Assert.Equal(
            "type Query {\n  b: B\n}\n\n\"\"\"By hand.\"\"\"\ntype B {\n  q: Query\n  c: Int\n}", SchemaPrinter.Print(schema));
    }

    [Fact]
    public void What_is_said_of_nothing_is_refused()
    {
        var builder = new SchemaBuilder().Add(Sdl).Annotate("Query.b", "cost", 1).Scalar("Size2", ScalarCodec.Any);
        var refusal = Assert.Throws<SchemaException>(builder.Build);
        Assert.Equal(
            ["Nothing is called \"Query.b\".", "Nothing is called \"Size2\"."], refusal.Errors.Select(e => e.Message));
    }

    private static async IAsyncEnumerable<object?> Empty()
    {
        await Task.CompletedTask;
        yield break;
    }
}
