namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>Schemas made by hand, with everything that a schema may have.</summary>
public static class ExampleSchemas
{
    /// <summary>Animals: what most documents are asked of.</summary>
    public const string Pets = """
        interface Being { name(surname: Boolean): String }
        interface Pet implements Being { name(surname: Boolean): String owner: Human friends: [Pet!] }
        type Dog implements Being & Pet {
          name(surname: Boolean): String nickname: String barks: Boolean! barkVolume: Int weight: Float!
          owner: Human friends: [Pet!] mother: Dog knows(command: Command!): Boolean! isAt(x: Int = 1, y: Int! = 2): Boolean
        }
        type Cat implements Being & Pet {
          name(surname: Boolean): String nickname: String meows: Boolean meowVolume: Int weight: Int
          owner: Human friends: [Pet!] knows(command: CatCommand!): Boolean!
        }
        type Human implements Being { name(surname: Boolean): String pets: [Pet]! relatives: [Human!] id: ID! }
        type Stone { weight: Float name: String! }
        union CatOrDog = Cat | Dog
        union Owned = Dog | Stone
        enum Command { SIT HEEL DOWN @deprecated ROLL }
        enum CatCommand { JUMP SIT }
        scalar Date
        input Filter {
          name: String names: [String!] born: Date ids: [ID!]! = []
          and: [Filter!] command: Command near: Place limit: Int! = 10
        }
        input Place { x: Int! y: Int! label: String }
        input Choice @oneOf { name: String id: ID place: Place filters: [Filter] }
        directive @tag(name: String!, weight: Int = 1) repeatable on FIELD | FRAGMENT_DEFINITION | INLINE_FRAGMENT | QUERY
        directive @once on QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_SPREAD | VARIABLE_DEFINITION
        directive @schematic(note: String) on OBJECT | SCHEMA | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        type Query {
          dog: Dog cat: Cat pet(id: ID!): Pet being: Being catOrDog: CatOrDog owned: Owned human(id: ID): Human
          find(filter: Filter, ids: [ID!], at: Place, limit: Int = 10): [Being!]!
          choose(by: Choice): Pet chooseStrictly(by: Choice!, all: [Choice!]): Pet
          numbers(int: Int, float: Float, text: String, flag: Boolean, id: ID, date: Date, list: [Int!], lists: [[Int]!]): Int
          required(a: Int!, b: Int!): Int optional(a: Int! = 1, b: [Int!]! = [2]): Int
        }
        type Mutation { rename(id: ID!, name: String = "?"): Pet note(date: Date!): Boolean }
        type Subscription { born(kind: String): Pet died: Being }
        """;

    /// <summary>All kinds of definitions, extensions, descriptions and default values.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Pets,
        "type Query { a: Int }",
        """"
        "All of it." schema @mark { query: Root mutation: Change subscription: Follow }
        extend schema @mark(level: 2)
        directive @mark(level: Int = 1, names: [String!]! = ["a"]) repeatable on
          | SCHEMA | OBJECT | FIELD_DEFINITION | ENUM_VALUE | SCALAR
        """
        The beginning,
          in two lines.
        """
        type Root implements Node @mark {
          "one" a("two" x: Int! = 5, y: In = {a: 1}, z: [Int] = 3): String @deprecated id: ID! b: [U!]! }
        type Change { do(it: One!): Colour } type Follow { at: Date @deprecated(reason: "use \"in\"") }
        "colours" enum Colour { "like blood" RED GREEN @deprecated BLUE @deprecated(reason: null) C10 C9 }
        scalar Date @specifiedBy(url: "https://d.example/z") union U = Root | Change
        input In {
          a: Int = 4 b: In c: [Colour!] = [RED, GREEN] d: Colour = GREEN e: Float = 1.50
          f: ID = 12 g: ID = "x1" h: Boolean = true
        }
        input One @oneOf { a: Int b: String } interface Node { id: ID! }
        extend type Root { later(first: Int, after: String): [Node] } extend enum Colour { GREY } extend union U = Follow
        extend input In { z: String = "q\nw" } extend scalar Date @mark extend interface Node @mark2 directive @mark2 on INTERFACE
        """",
        """
        interface A implements B & C { a: B b(x: Int, y: String = "d"): [C] c: C! }
        interface B implements C { b(x: Int): [C] c: C }
        interface C { c: C } type T implements A & B & C { a: T b(x: Int, y: String, z: Int): [T!]! c: T! }
        type Query { t: T a: A u: U } union U = T | Query
        """,
        """
        type Query { f(a: A, b: B, c: C): Int } input A { b: B! c: [A!]! x: A } input B { c: C! } input C { d: Int }
        directive @foo("arg" a: Int, b: Float = 1e50, c: Float = 0.00000012, d: [[Int]] = [[1], 2]) on FIELD | QUERY
        """,
        """
        type Query { __bad: Int a(__x: Int): Int } type __Foo { a: Int } enum __E { __V } input __I { __f: Int } type Empty
        directive @__d(__a: Int) on FIELD
        interface I { a: Int! b(x: Int!): Int } type T implements I & I { a: Int b(y: Int!): Int }
        union U = T | T | I union None input Loop { a: Loop! } input Two @oneOf { a: Int! b: Int = 1 }
        type O implements T { a: Int }
        """,
        "extend schema { mutation: M } type Query { a: Int } type M { b: Int } type Subscription { c: Int } " +
            "extend type Query { b: Int }",
        "schema { query: Q mutation: E } type Q { a(x: Q): In } input In { a: Q } enum E { A }",
    ];
}
