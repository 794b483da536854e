using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Fields with the same key.</summary>
public sealed class MergingRuleTests
{
    [Theory]
    [InlineData("{ dog { name name a: barks a: barks } }")]
    [InlineData(
        "{ dog { name: nickname name } }",
        "Fields \"name\" conflict because \"nickname\" and \"name\" are different fields. Use different aliases on " +
            "the fields to fetch both if this was intentional. (1:9, 1:24)")]
    [InlineData(
        "{ dog { a: name a: barks a: weight } }",
        "Fields \"a\" conflict because \"name\" and \"barks\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:9, 1:17)",
        "Fields \"a\" conflict because \"name\" and \"weight\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:9, 1:26)",
        "Fields \"a\" conflict because \"barks\" and \"weight\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:17, 1:26)")]
    [InlineData(
        "{ dog { isAt(x: 1) isAt(x: 2) } }",
        "Fields \"isAt\" conflict because they have differing arguments. Use different aliases on the fields to fetch " +
            "both if this was intentional. (1:9, 1:20)")]
    [InlineData(
        "{ dog { knows(command: SIT) knows } }",
        "Fields \"knows\" conflict because they have differing arguments. Use different aliases on the fields to " +
            "fetch both if this was intentional. (1:9, 1:29)")]
    [InlineData(
        "query ($a: Int) { dog { isAt(x: $a, y: 1) isAt(y: 1, x: $a) } find(at: {x: 1, y: 2}) { name } find(at: {y: " +
            "2, x: 1}) { name } }")]
    [InlineData(
        "{ numbers(text: \"a\") numbers(text: \"\"\"a\"\"\") }",
        "Fields \"numbers\" conflict because they have differing arguments. Use different aliases on the fields to " +
            "fetch both if this was intentional. (1:3, 1:22)")]
    public void Fields_with_the_same_key_are_the_same(string document, params string[] errors) =>
        Rules.Check(ValidationRules.OverlappingFieldsCanBeMerged, document, errors);

    [Theory]
    [InlineData("{ pet { ... on Dog { v: barkVolume } ... on Cat { v: meowVolume } } }")]
    [InlineData(
        "{ pet { ... on Dog { v: barks } ... on Cat { v: meowVolume } } }",
        "Fields \"v\" conflict because they return conflicting types \"Boolean!\" and \"Int\". Use different aliases " +
            "on the fields to fetch both if this was intentional. (1:22, 1:46)")]
    [InlineData(
        "{ pet { ... on Dog { v: weight } ... on Cat { v: weight } } }",
        "Fields \"v\" conflict because they return conflicting types \"Float!\" and \"Int\". Use different aliases on " +
            "the fields to fetch both if this was intentional. (1:22, 1:47)")]
    [InlineData(
        "{ pet { ... on Dog { o: owner { x: name } } ... on Cat { o: owner { x: id } } } }",
        "Fields \"o\" conflict because subfields \"x\" conflict because they return conflicting types \"String\" and " +
            "\"ID!\". Use different aliases on the fields to fetch both if this was intentional. (1:22, 1:33, 1:58, 1:69)")]
    [InlineData(
        "{ pet { ... on Being { x: name } ... on Dog { x: nickname } } }",
        "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:24, 1:47)")]
    [InlineData(
        "{ owned { ... on Dog { name } ... on Stone { name } } }",
        "Fields \"name\" conflict because they return conflicting types \"String\" and \"String!\". Use different " +
            "aliases on the fields to fetch both if this was intentional. (1:24, 1:46)")]
    [InlineData(
        "{ pet { ... on Dog { v: friends { name } } ... on Cat { v: owner { name } } } }",
        "Fields \"v\" conflict because they return conflicting types \"[Pet!]\" and \"Human\". Use different aliases " +
            "on the fields to fetch both if this was intentional. (1:22, 1:57)")]
    public void Fields_of_different_objects_have_the_same_shape(string document, params string[] errors) =>
        Rules.Check(ValidationRules.OverlappingFieldsCanBeMerged, document, errors);

    [Theory]
    [InlineData(
        "{ dog { ...A ...B } } fragment A on Dog { x: name } fragment B on Dog { x: nickname }",
        "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:43, 1:73)")]
    [InlineData(
        "{ dog { x: barks ...A } } fragment A on Dog { ...B } fragment B on Dog { x: nickname }",
        "Fields \"x\" conflict because \"barks\" and \"nickname\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:9, 1:74)")]
    [InlineData(
        "{ a: dog { x: name y: barks } a: dog { x: nickname y: barkVolume } }",
        "Fields \"a\" conflict because subfields \"x\" conflict because \"name\" and \"nickname\" are different " +
            "fields and subfields \"y\" conflict because \"barks\" and \"barkVolume\" are different fields. Use different " +
            "aliases on the fields to fetch both if this was intentional. (1:3, 1:12, 1:20, 1:31, 1:40, 1:52)")]
    [InlineData(
        "{ a: dog { b: mother { x: name } } a: dog { ...F } } fragment F on Dog { b: mother { ...G } } fragment G on " +
            "Dog { x: barks }",
        "Fields \"a\" conflict because subfields \"b\" conflict because subfields \"x\" conflict because \"name\" and " +
            "\"barks\" are different fields. Use different aliases on the fields to fetch both if this was intentional. " +
            "(1:3, 1:12, 1:24, 1:36, 1:74, 1:115)")]
    [InlineData(
        "{ dog { ... { x: name x: barks } } }",
        "Fields \"x\" conflict because \"name\" and \"barks\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:15, 1:23)",
        "Fields \"x\" conflict because \"name\" and \"barks\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:15, 1:23)")]
    [InlineData("{ a: dog { ...F } a: dog { ...F } } fragment F on Dog { name mother { ...F } }")]
    [InlineData(
        "{ a: unknown a: missing ... on Nothing { b: x b: y } }",
        "Fields \"a\" conflict because \"unknown\" and \"missing\" are different fields. Use different aliases on the " +
            "fields to fetch both if this was intentional. (1:3, 1:14)",
        "Fields \"b\" conflict because \"x\" and \"y\" are different fields. Use different aliases on the fields to " +
            "fetch both if this was intentional. (1:42, 1:47)",
        "Fields \"b\" conflict because \"x\" and \"y\" are different fields. Use different aliases on the fields to " +
            "fetch both if this was intentional. (1:42, 1:47)")]
    [InlineData("query A { a: dog { name } } query B { a: cat { name } }")]
    public void Fields_meet_in_fragments_and_inside_other_fields(string document, params string[] errors) =>
        Rules.Check(ValidationRules.OverlappingFieldsCanBeMerged, document, errors);
}
