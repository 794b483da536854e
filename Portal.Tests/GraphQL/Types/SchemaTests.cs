using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SchemaTests
{
    private static readonly Schema Pets = Schema.FromSdl("""
        type Query { pet(id: ID!, size: Size = SMALL): Pet any: [Any!]! }
        interface Named { name: String! }
        interface Pet implements Named { name: String! friend: Pet }
        type Dog implements Pet & Named { name: String! friend: Dog }
        type Cat implements Named & Pet { name: String! friend: Pet @deprecated(reason: "None left.") }
        type Stone { weight: Float }
        union Any = Dog | Stone
        enum Size { SMALL LARGE }
        """);

    [Fact]
    public void Types_may_refer_to_each_other_in_any_order()
    {
        Assert.Same(Pets.FindType("Pet"), Pets.Query!.FindField("pet")!.Type);
        Assert.Same(Pets.FindType("Dog"), ((ObjectType)Pets.FindType("Dog")!).FindField("friend")!.Type);
    }

    [Fact]
    public void There_is_one_object_for_each_list_and_each_non_null()
    {
        var dog = Pets.FindType("Dog")!;
        Assert.Same(dog.NonNull.List.NonNull, dog.NonNull.List.NonNull);
        Assert.Same(((UnionType)Pets.FindType("Any")!).NonNull.List.NonNull, Pets.Query!.FindField("any")!.Type);
        Assert.Throws<InvalidOperationException>(() => dog.NonNull.NonNull);
    }

    [Theory]
    [InlineData("Dog", "Pet", true)]
    [InlineData("Dog", "Named", true)]
    [InlineData("Pet", "Named", true)]
    [InlineData("Named", "Pet", false)]
    [InlineData("Dog", "Any", true)]
    [InlineData("Cat", "Any", false)]
    [InlineData("Stone", "Named", false)]
    public void Knows_which_type_stands_in_the_place_of_which(string narrow, string wide, bool expected)
    {
        var (one, other) = (Pets.FindType(narrow)!, Pets.FindType(wide)!);
        Assert.Equal(expected, Schema.IsSubtype(one, other));
        Assert.Equal(expected, Schema.IsSubtype(one.NonNull.List, other.List));
        Assert.Equal(expected, Schema.IsSubtype(one.NonNull, other));
        Assert.False(Schema.IsSubtype(one, other.NonNull));
    }

    [Theory]
    [InlineData("Pet", "Any", true)]
    [InlineData("Pet", "Named", true)]
    [InlineData("Pet", "Stone", false)]
    [InlineData("Stone", "Any", true)]
    public void Knows_which_types_share_a_value(string one, string other, bool expected)
    {
        Assert.Equal(expected, Schema.Overlap(Pets.FindType(one)!, Pets.FindType(other)!));
        Assert.Equal(expected, Schema.Overlap(Pets.FindType(other)!, Pets.FindType(one)!));
    }

    [Fact]
    public void Objects_are_numbered_without_gaps()
    {
        var numbers = Pets.Types.OfType<ObjectType>().Select(type => type.Index).Order();
        Assert.Equal(Enumerable.Range(0, Pets.ObjectCount), numbers);
    }

    [Fact]
    public void Names_are_ready_to_be_written()
    {
        Assert.Equal("\"pet\":"u8, Pets.Query!.FindField("pet")!.JsonKey.Span);
        Assert.Equal("\"Dog\""u8, Pets.FindType("Dog")!.JsonName.Span);
        Assert.Equal("\"LARGE\""u8, ((EnumType)Pets.FindType("Size")!).FindValue("LARGE")!.JsonName.Span);
    }

    [Fact]
    public void Meta_fields_are_found_where_they_belong()
    {
        Assert.Same(Introspection.SchemaField, Pets.FindField(Pets.Query!, "__schema"));
        Assert.Same(Introspection.TypeField, Pets.FindField(Pets.Query!, "__type"));
        Assert.Same(Introspection.TypeName, Pets.FindField(Pets.FindType("Any")!, "__typename"));
        Assert.Null(Pets.FindField(Pets.FindType("Dog")!, "__schema"));
        Assert.Null(Pets.FindField(Pets.FindType("Size")!, "__typename"));
    }

    [Fact]
    public void Extensions_add_to_what_they_extend()
    {
        var schema = Schema.FromSdl("""
            type Query { a: Int } type M { a: Int } interface I { b: Int } enum E { A } union U = Query input In { a: Int }
            scalar S directive @d on OBJECT | SCHEMA | ENUM
            extend type Query implements I @d { b: Int }
            extend enum E @d { B } extend union U = M extend input In @oneOf { b: Int }
            extend scalar S @specifiedBy(url: "https://s.example")
            extend schema @d { mutation: M }
            """);
        Assert.Equal(["a", "b"], schema.Query!.Fields.Select(field => field.Name));
        Assert.Equal("I", Assert.Single(schema.Query.Interfaces).Name);
        Assert.NotNull(schema.Query.FindDirective("d"));
        Assert.Equal("M", schema.Mutation!.Name);
        Assert.Equal("d", Assert.Single(schema.AppliedDirectives).Name.Value);
        Assert.Equal(["A", "B"], ((EnumType)schema.FindType("E")!).Values.Select(value => value.Name));
        Assert.Equal(2, ((UnionType)schema.FindType("U")!).Possible.Objects.Length);
        Assert.True(((InputObjectType)schema.FindType("In")!).IsOneOf);
        Assert.Equal("https://s.example", ((ScalarType)schema.FindType("S")!).SpecifiedByUrl);
    }
}
