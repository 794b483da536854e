using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SchemaComparisonTests
{
    [Theory]
    [InlineData("type A { x: Int }", "", "TypeRemoved A")]
    [InlineData("type A { x: Int }", "input A { x: Int }", "TypeChangedKind A")]
    [InlineData("scalar A", "enum A { X }", "TypeChangedKind A")]
    [InlineData("enum A { X Y }", "enum A { X Z }", "ValueRemovedFromEnum A.Y")]
    [InlineData("union A = B | Query type B { x: Int }", "union A = B type B { x: Int }", "TypeRemovedFromUnion A")]
    [InlineData("input A { x: Int }", "input A { x: Int y: Int! }", "RequiredInputFieldAdded A.y")]
    [InlineData("input A { x: Int y: Int }", "input A { x: Int }", "FieldRemoved A.y")]
    [InlineData("input A { x: Int }", "input A { x: Int! }", "FieldChangedKind A.x")]
    [InlineData("input A { x: [Int] }", "input A { x: Int }", "FieldChangedKind A.x")]
    [InlineData("input A { x: [Int] }", "input A { x: [Int!] }", "FieldChangedKind A.x")]
    [InlineData("interface I { x: Int } type A implements I { x: Int }", "interface I { x: Int } type A { x: Int }",
        "ImplementedInterfaceRemoved A")]
    [InlineData("type A { x: Int y: Int }", "type A { x: Int }", "FieldRemoved A.y")]
    [InlineData("interface A { x: Int y: Int }", "interface A { x: Int }", "FieldRemoved A.y")]
    [InlineData("type A { x: Int! }", "type A { x: Int }", "FieldChangedKind A.x")]
    [InlineData("type A { x: [Int!] }", "type A { x: [Int]! }", "FieldChangedKind A.x")]
    [InlineData("type A { x: Int }", "type A { x: [Int] }", "FieldChangedKind A.x")]
    [InlineData("type A { x: Int }", "type A { x: Float }", "FieldChangedKind A.x")]
    [InlineData("type A { x(a: Int): Int }", "type A { x: Int }", "ArgumentRemoved A.x(a:)")]
    [InlineData("type A { x(a: Int): Int }", "type A { x(a: Int!): Int }", "ArgumentChangedKind A.x(a:)")]
    [InlineData("type A { x: Int }", "type A { x(a: Int!): Int }", "RequiredArgumentAdded A.x(a:)")]
    [InlineData("directive @d on FIELD", "", "DirectiveRemoved @d")]
    [InlineData("directive @d repeatable on FIELD", "directive @d on FIELD", "DirectiveRepeatableRemoved @d")]
    [InlineData("directive @d on FIELD | QUERY", "directive @d on FIELD", "DirectiveLocationRemoved @d")]
    [InlineData("directive @d(a: Int) on FIELD", "directive @d on FIELD", "ArgumentRemoved @d(a:)")]
    public void What_breaks_documents_is_named(string before, string after, string change) =>
        Assert.Equal([change], Changes(before, after));

    [Theory]
    [InlineData("", "type A { x: Int }")]
    [InlineData("type A { x: Int }", "type A { x: Int! y(a: Int! = 1): Int }")]
    [InlineData("type A { x(a: Int!): [Int] }", "type A { x(a: Int, b: Int): [Int!]! }")]
    [InlineData("input A { x: Int! y: [Int!]! }", "input A { y: [Int] x: Int z: Int! = 3 }")]
    [InlineData("enum A { X }", "enum A { Y X }")]
    [InlineData("type A { x: Int }", "\"Described.\" type A { x: Int @deprecated(reason: \"old\") }")]
    [InlineData("directive @d(a: Int!) on FIELD", "directive @d(a: Int) repeatable on FIELD | QUERY")]
    public void What_breaks_none_is_no_breaking_change(string before, string after) => Assert.Empty(Changes(before, after));

    private static List<string> Changes(string before, string after) =>
        [.. SchemaComparison.FindBreakingChanges(Read(before), Read(after)).Select(change => $"{change.Kind} {change.Place}")];

    private static Schema Read(string sdl) => Schema.FromSdl("type Query { q: Int } " + sdl);
}
