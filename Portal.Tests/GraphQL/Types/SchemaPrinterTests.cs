using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SchemaPrinterTests
{
    private const string Canonical = """"
        """The schema."""
        schema {
          query: Root
          mutation: Query
        }

        """On fields."""
        directive @cost(
          """How much."""
          points: Int! = 1
          of: [String!] = ["a", "b"]
        ) repeatable on FIELD_DEFINITION | OBJECT

        type Root implements B & A {
          """A name."""
          name(
            first: Int

            """
            Two
              lines
            """
            after: ID = 12
          ): String!

          "  Indented\n  throughout."
          old(z: In = {b: 2.5, a: B}, y: Int): E @deprecated
          older: String @deprecated(reason: "Say \"name\".")
        }

        type Query {
          root: Root
        }

        interface B {
          name: String
        }

        interface A {
          name: String!
        }

        enum E {
          B

          """The first."""
          A10 @deprecated
          A9
        }

        input In {
          b: Float = 1e+30
          a: E! = A9
        }

        input One @oneOf {
          b: Int
          a: Int
        }

        union U = Root | Query

        scalar Url @specifiedBy(url: "https://url.example")
        """";

    [Fact]
    public void A_printed_schema_reads_and_prints_the_same()
    {
        Assert.Equal(Canonical, SchemaPrinter.Print(new SchemaBuilder().Add(Canonical).BuildUnvalidated()));
    }

    [Fact]
    public void Sorted_text_does_not_depend_on_the_order_of_definitions()
    {
        const string one = """
            union U = Query | A enum E { A10 A9 } type Query { b(y: Int, x: In = {b: 1, a: E}): Int a: U }
            type A { a: Int } input In { b: Int a: Z } enum Z { E } directive @d(b: Int, a: Int) on QUERY | FIELD
            """;
        const string sorted = """
            directive @d(a: Int, b: Int) on FIELD | QUERY

            type A {
              a: Int
            }

            enum E {
              A9
              A10
            }

            input In {
              a: Z
              b: Int
            }

            type Query {
              a: U
              b(x: In = {a: E, b: 1}, y: Int): Int
            }

            union U = A | Query

            enum Z {
              E
            }
            """;
        Assert.Equal(sorted, SchemaPrinter.Print(Schema.FromSdl(one), sorted: true));
        Assert.Equal(sorted, SchemaPrinter.Print(Schema.FromSdl(sorted), sorted: true));
    }

    [Theory]
    [InlineData("type Query { a(x: Float = 1.50): Int }", "1.5")]
    [InlineData("type Query { a(x: Float = 3.0): Int }", "3")]
    [InlineData("type Query { a(x: [Int] = 3): Int }", "[3]")]
    [InlineData("type Query { a(x: ID = \"007\"): Int }", "\"007\"")]
    [InlineData("type Query { a(x: I = {}): Int } input I { b: Int = 5 c: Int }", "{b: 5}")]
    [InlineData("type Query { a(x: S = {b: [1, \"x\", null]}): Int } scalar S", "{b: [1, \"x\", null]}")]
    [InlineData("type Query { a(x: Int = null): Int }", "null")]
    public void Defaults_are_printed_as_the_values_that_they_are(string sdl, string text)
    {
        Assert.Equal(text, Schema.FromSdl(sdl).Query!.Fields[0].Arguments[0].DefaultText);
    }
}
