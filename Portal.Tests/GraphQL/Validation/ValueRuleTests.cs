using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Values.</summary>
public sealed class ValueRuleTests
{
    [Theory]
    [InlineData(
        "{ numbers(int: 1, float: 1, text: \"a\", flag: true, id: 1, date: {a: [RED]}, list: 1, lists: [[1, null], " +
            "null]) }",
        "Expected value of type \"[Int]!\", found null. (1:105)")]
    [InlineData(
        "{ numbers(int: \"1\", float: \"1\", text: 1, flag: 1, id: 1.5) a: numbers(int: 1.0, float: RED, text: RED, " +
            "flag: RED, id: true) b: numbers(int: 2147483648) }",
        "Int cannot represent non-integer value: \"1\" (1:16)",
        "Float cannot represent non numeric value: \"1\" (1:28)",
        "String cannot represent a non string value: 1 (1:39)",
        "Boolean cannot represent a non boolean value: 1 (1:48)",
        "ID cannot represent a non-string and non-integer value: 1.5 (1:55)",
        "Int cannot represent non-integer value: 1.0 (1:76)",
        "Float cannot represent non numeric value: RED (1:88)",
        "String cannot represent a non string value: RED (1:99)",
        "Boolean cannot represent a non boolean value: RED (1:110)",
        "ID cannot represent a non-string and non-integer value: true (1:119)",
        "Int cannot represent non 32-bit signed integer value: 2147483648 (1:141)")]
    [InlineData(
        "{ dog { knows(command: SITT) a: knows(command: \"SIT\") b: knows(command: 1) c: knows(command: null) } cat { " +
            "knows(command: HEEL) } }",
        "Value \"SITT\" does not exist in \"Command\" enum. Did you mean the enum value \"SIT\"? (1:24)",
        "Enum \"Command\" cannot represent non-enum value: \"SIT\". Did you mean the enum value \"SIT\"? (1:48)",
        "Enum \"Command\" cannot represent non-enum value: 1. (1:73)",
        "Expected value of type \"Command!\", found null. (1:94)",
        "Value \"HEEL\" does not exist in \"CatCommand\" enum. (1:123)")]
    [InlineData(
        "{ numbers(list: [1, \"2\", null, [3]], lists: [1, [[2]], [\"x\"]]) optional(b: null, a: null) }",
        "Int cannot represent non-integer value: \"2\" (1:21)",
        "Expected value of type \"Int!\", found null. (1:26)",
        "Int cannot represent non-integer value: [3] (1:32)",
        "Int cannot represent non-integer value: [2] (1:50)",
        "Int cannot represent non-integer value: \"x\" (1:57)",
        "Expected value of type \"[Int!]!\", found null. (1:76)",
        "Expected value of type \"Int!\", found null. (1:85)")]
    [InlineData(
        "{ optional(a: [1], b: {a: 1}) numbers(list: {a: 1}, int: {}) find(filter: 1, at: [1, null], ids: [null]) { " +
            "name } }",
        "Int cannot represent non-integer value: [1] (1:15)",
        "Int cannot represent non-integer value: {a: 1} (1:23)",
        "Int cannot represent non-integer value: {a: 1} (1:45)",
        "Int cannot represent non-integer value: {} (1:58)",
        "Expected value of type \"Filter\", found 1. (1:75)",
        "Expected value of type \"Place\", found [1, null]. (1:82)",
        "Expected value of type \"ID!\", found null. (1:99)")]
    [InlineData("{ find(filter: {name: null, ids: [\"a\", 1], and: {near: {x: 1, y: 2}}}) { name } }")]
    [InlineData(
        "{ find(filter: {nam: \"a\", near: {x: \"1\"}, and: [{near: null, limit: null}, {ids: [1.5]}]}, at: {}) { " +
            "name } }",
        "Field \"nam\" is not defined by type \"Filter\". Did you mean \"name\", \"and\", \"names\", or \"near\"? " +
            "(1:17)",
        "Field \"Place.y\" of required type \"Int!\" was not provided. (1:33)",
        "Int cannot represent non-integer value: \"1\" (1:37)",
        "Expected value of type \"Int!\", found null. (1:69)",
        "ID cannot represent a non-string and non-integer value: 1.5 (1:83)",
        "Field \"Place.x\" of required type \"Int!\" was not provided. (1:96)",
        "Field \"Place.y\" of required type \"Int!\" was not provided. (1:96)")]
    [InlineData("{ choose(by: {name: \"a\"}) { name } a: choose(by: {place: {x: 1, y: 2}}) { name } }")]
    [InlineData(
        "{ choose(by: {}) { name } a: choose(by: {name: \"a\", id: 1}) { name } b: choose(by: {name: null}) { name } " +
            "c: choose(by: {nam: 1}) { name } }",
        "OneOf Input Object \"Choice\" must specify exactly one key. (1:14)",
        "OneOf Input Object \"Choice\" must specify exactly one key. (1:41)",
        "Field \"Choice.name\" must be non-null. (1:84)",
        "Field \"nam\" is not defined by type \"Choice\". Did you mean \"name\"? (1:122)")]
    [InlineData(
        "query ($a: String, $b: String!) { choose(by: {name: $a}) { name } a: choose(by: {name: $b}) { name } }",
        "Variable \"a\" must be non-nullable to be used for OneOf Input Object \"Choice\". (1:46)")]
    [InlineData(
        "query ($a: Int = \"x\", $b: Place = {x: 1}, $c: [Int!] = [1, null], $d: Unknown = 1, $e: Dog = 1) { dog { " +
            "name } }",
        "Int cannot represent non-integer value: \"x\" (1:18)",
        "Field \"Place.y\" of required type \"Int!\" was not provided. (1:35)",
        "Expected value of type \"Int!\", found null. (1:60)")]
    public void Values_are_values_of_their_type(string document, params string[] errors) =>
        Rules.Check(ValidationRules.ValuesOfCorrectType, document, errors);

    [Theory]
    [InlineData("{ find(filter: {name: \"a\", near: {x: 1}, and: [{name: \"b\"}]}) { name } }")]
    [InlineData(
        "{ find(filter: {name: \"a\", name: \"b\", near: {x: 1, x: 2}, name: \"c\"}) { name } numbers(date: {a: {b: " +
            "1, b: 2}}) }",
        "There can be only one input field named \"name\". (1:17, 1:28)",
        "There can be only one input field named \"x\". (1:46, 1:52)",
        "There can be only one input field named \"name\". (1:17, 1:59)",
        "There can be only one input field named \"b\". (1:99, 1:105)")]
    public void Fields_of_an_input_object_have_different_names(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueInputFieldNames, document, errors);
}
