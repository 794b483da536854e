using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Variables.</summary>
public sealed class VariableRuleTests
{
    [Theory]
    [InlineData("query A($a: Int, $b: Int) { dog { name } } query B($a: Int) { dog { name } }")]
    [InlineData(
        "query ($a: Int, $b: Int, $a: String, $b: Int, $a: Int) { dog { name } }",
        "There can be only one variable named \"$a\". (1:9, 1:27, 1:48)",
        "There can be only one variable named \"$b\". (1:18, 1:39)")]
    public void Variables_have_different_names(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueVariableNames, document, errors);

    [Theory]
    [InlineData("query ($a: Int) { numbers(int: $a) ...F } fragment F on Query { a: numbers(int: $a) }")]
    [InlineData(
        "{ numbers(int: $a, list: [$b], date: {x: $c}) dog @skip(if: $d) { name } }",
        "Variable \"$a\" is not defined. (1:16, 1:1)",
        "Variable \"$b\" is not defined. (1:27, 1:1)",
        "Variable \"$c\" is not defined. (1:42, 1:1)",
        "Variable \"$d\" is not defined. (1:61, 1:1)")]
    [InlineData(
        "query A($a: Int) { ...F } query B { ...F ...F } fragment F on Query { numbers(int: $a) ...G } fragment G on " +
            "Query { numbers(float: $b) ...F }",
        "Variable \"$b\" is not defined by operation \"A\". (1:132, 1:1)",
        "Variable \"$a\" is not defined by operation \"B\". (1:84, 1:27)",
        "Variable \"$b\" is not defined by operation \"B\". (1:132, 1:27)")]
    public void Variables_are_defined_by_each_operation_that_uses_them(string document, params string[] errors) =>
        Rules.Check(ValidationRules.NoUndefinedVariables, document, errors);

    [Theory]
    [InlineData("query ($a: Int, $b: [Int]) { ...F } fragment F on Query { numbers(int: $a, lists: $b) }")]
    [InlineData(
        "query A($a: Int, $b: Int = 1) { numbers(int: $b) } query ($c: Int) { dog { name } } fragment F on Query { " +
            "numbers(int: $a) }",
        "Variable \"$a\" is never used in operation \"A\". (1:9)",
        "Variable \"$c\" is never used. (1:59)")]
    public void Variables_that_are_defined_are_used(string document, params string[] errors) =>
        Rules.Check(ValidationRules.NoUnusedVariables, document, errors);

    [Theory]
    [InlineData(
        "query ($a: Int!, $b: Int, $c: Int = 1, $d: [Int!]!) { required(a: $a, b: $c) optional(a: $b) numbers(list: " +
            "$d, float: $f, unknown: $b) }")]
    [InlineData(
        "query ($a: Int, $b: Int = null) { required(a: $a, b: $b) optional(b: [$a]) numbers(list: [$a], text: $a, " +
            "flag: $b) }",
        "Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\". (1:8, 1:47)",
        "Variable \"$b\" of type \"Int\" used in position expecting type \"Int!\". (1:17, 1:54)",
        "Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\". (1:8, 1:71)",
        "Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\". (1:8, 1:91)",
        "Variable \"$a\" of type \"Int\" used in position expecting type \"String\". (1:8, 1:102)",
        "Variable \"$b\" of type \"Int\" used in position expecting type \"Boolean\". (1:17, 1:112)")]
    [InlineData(
        "query ($a: [Int], $b: Int!, $c: [Int!]) { numbers(list: $a) a: numbers(list: $b) b: numbers(lists: $c) " +
            "optional(b: $c) }",
        "Variable \"$a\" of type \"[Int]\" used in position expecting type \"[Int!]\". (1:8, 1:57)",
        "Variable \"$b\" of type \"Int!\" used in position expecting type \"[Int!]\". (1:19, 1:78)",
        "Variable \"$c\" of type \"[Int!]\" used in position expecting type \"[[Int]!]\". (1:29, 1:100)")]
    [InlineData(
        "query ($a: Boolean, $b: Boolean = true) { dog @skip(if: $a) @include(if: $b) { ...F } } fragment F on Dog { " +
            "name(surname: $a) barks @skip(if: $a) }",
        "Variable \"$a\" of type \"Boolean\" used in position expecting type \"Boolean!\". (1:8, 1:57)",
        "Variable \"$a\" of type \"Boolean\" used in position expecting type \"Boolean!\". (1:8, 1:143)")]
    [InlineData(
        "query ($a: String, $b: String!, $c: ID) { choose(by: {name: $a}) { name } a: choose(by: {name: $b}) { name } " +
            "b: find(filter: {ids: [$c], limit: $b}) { name } }",
        "Variable \"$a\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"Choice\". " +
            "(1:8, 1:61)",
        "Variable \"$c\" of type \"ID\" used in position expecting type \"ID!\". (1:33, 1:133)",
        "Variable \"$b\" of type \"String!\" used in position expecting type \"Int!\". (1:20, 1:145)")]
    public void Variables_stand_where_their_type_fits(string document, params string[] errors) =>
        Rules.Check(ValidationRules.VariablesInAllowedPosition, document, errors);
}
