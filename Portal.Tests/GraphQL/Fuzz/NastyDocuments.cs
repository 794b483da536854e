namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Short documents that were written to do harm: the seeds of fuzzing, with those of <see cref="LongDocuments"/>. All are for
/// <see cref="ExampleSchemas.Pets"/>; most of them are refused.
/// </summary>
public static class NastyDocuments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Seeds { get; } =
    [
        "{", "}", "{}", "{a", "query", "query {", "\"", "\"\"\"", "\\", "...", "$", "@", "#", "\uFEFF",
        "\uFEFF{ dog { name } }", "\0", "{ dog { name } } \uD83D", "{ dog(a: \"\\uD83D\") }",
        "{ dog(a: \"\\uD83D\\uDE00\") { name } }", "{ dog(a: \"\\u{110000}\") }", "{ dog(a: \"\\u{0}\") { name } }",
        "{ dog(a: 00) }", "{ dog(a: 1.) }", "{ dog(a: 1e) }", "{ dog(a: -) }", "{ dog(a: 0x1) }",
        "{ dog(a: \"\"\"\"\"\") { name } }", "{ dog(a: \"\"\"\\\"\"\"\"\"\") { name } }", "{ dog(a: \"unfinished\n\") }",
        "query Q($a: [[[Int!]!]!]! = [[[1]]]) { dog { name } }", "query ($a: Int = $a) { dog { name } }", "{ dog(a: $a) }",
        "fragment on on on { on }", "fragment A on Dog { ...A }", "fragment A on Dog { ...B } fragment B on Dog { ...A }",
        "{ ...A ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A dog { name } }",
        "{ dog { ...A } } fragment A on Dog { mother { ...A } }",
        "{ dog { ...A } } fragment A on Dog { name } fragment A on Cat { name }",
        "{ a: dog { a: mother { a: mother { a: name } } } a: dog { a: mother { a: mother { a: barks } } } }",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...T } } }",
        "{ __type(name: \"Dog\") { interfaces { possibleTypes { interfaces { name } } } } }",
        "{ __type(name: \"Dog\") { ...A } } fragment A on __Type { fields { type { ...B } } } " +
            "fragment B on __Type { ofType { ...A } }",
        "{ __type(name: \"Dog\") { ...A } } fragment A on __Type { ofType { ...A } }",
        "{ find(filter: {name: \"a\", name: \"b\", and: [{and: [{and: []}]}, null, 3]}) { name } }",
        "{ find(filter: {__proto__: {}, constructor: 1}) { name } }", "{ __proto__ constructor toString hasOwnProperty }",
        "query ($__proto__: Int, $constructor: Int) { dog { name } }", "{ dog @constructor @__proto__ { name } }",
        "{ dog { ...constructor ...__proto__ } }", "{ ... on constructor { name } ... on __proto__ { name } }",
        "subscription { ...A } fragment A on Subscription { born { name } ...A }",
        "subscription S { born { name } __typename }",
        "subscription { born { name } ... @include(if: true) { born { name } } ...N }", "mutation { } ",
        "extend type Dog { a: Int }", "type Dog { name: String } { dog { name } }", "{ dog { name } } schema { query: Query }",
        "{ dog { name }  ", "{ dog @skip { name } }", "{ dog @skip(if: null) @skip(if: 1) @skip(of: true) { name } }",
        "{ dog { name { first } } }", "{ dog }", "{ dog { } }", "query Q { dog { name } } query Q { dog { name } }",
        "{ dog { name } } { dog { name } }",
    ];
}
