using System.Text.Json;

namespace Portal.Benchmarks.GraphQL;

/// <summary>What the servers are asked.</summary>
/// <param name="Name">Its name in the figures.</param>
/// <param name="Query">The document.</param>
public sealed record Question(string Name, string Query)
{
    /// <summary>Something small, a list of 100 with what belongs to it, and everything that the schema says of itself, as
    /// consoles ask it.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        new("small", "{ hello }"),
        new("list", """
            query Runs($first: Int!) {
              runs(first: $first) {
                id name phase submitted hours
                machine { id name host cores }
                workflow { id name version }
                steps { name phase attempts skipped }
              }
            }
            """) { Variables = new() { ["first"] = 100 } },
        new("introspection", """
            query Introspection {
              __schema {
                queryType { name } mutationType { name } subscriptionType { name }
                types { ...Type }
                directives { name description locations args { ...Input } }
              }
            }
            fragment Type on __Type {
              kind name description
              fields(includeDeprecated: true) {
                name description args { ...Input } type { ...Reference } isDeprecated deprecationReason
              }
              inputFields { ...Input }
              interfaces { ...Reference }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
              possibleTypes { ...Reference }
            }
            fragment Input on __InputValue { name description type { ...Reference } defaultValue }
            fragment Reference on __Type {
              kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
                kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
            }
            """),
    ];

    /// <summary>Values of its variables.</summary>
    public Dictionary<string, object> Variables { get; init; } = [];

    /// <summary>The body of a request.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(new { query = Query, variables = Variables });
}
