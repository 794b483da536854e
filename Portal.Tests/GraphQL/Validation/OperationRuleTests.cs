using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Operations, names of types and what may be run at all.</summary>
public sealed class OperationRuleTests
{
    [Theory]
    [InlineData("{ dog { name } } fragment F on Dog { name }")]
    [InlineData("type Dog { a: Int } { dog { name } }", "The \"Dog\" definition is not executable. (1:1)")]
    [InlineData(
        "extend type Dog { a: Int } schema { query: Query } { dog { name } }",
        "The \"Dog\" definition is not executable. (1:1)",
        "The schema definition is not executable. (1:28)")]
    [InlineData(
        "directive @d on FIELD extend schema @d enum E { A } { dog { name } }",
        "The \"d\" definition is not executable. (1:1)",
        "The schema definition is not executable. (1:23)",
        "The \"E\" definition is not executable. (1:40)")]
    public void Only_operations_and_fragments_can_be_run(string document, params string[] errors) =>
        Rules.Check(ValidationRules.ExecutableDefinitions, document, errors);

    [Theory]
    [InlineData("query A { dog { name } } mutation B { rename(id: 1) { name } }")]
    [InlineData("query A { dog { name } } fragment A on Dog { name }")]
    [InlineData(
        "query A { dog { name } } mutation A { rename(id: 1) { name } } query A { dog { name } }",
        "There can be only one operation named \"A\". (1:7, 1:35)",
        "There can be only one operation named \"A\". (1:7, 1:70)")]
    public void Operations_have_different_names(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueOperationNames, document, errors);

    [Theory]
    [InlineData("{ dog { name } }")]
    [InlineData("{ dog { ...F } } fragment F on Dog { name }")]
    [InlineData(
        "{ dog { name } } query B { dog { name } } { cat { name } }",
        "This anonymous operation must be the only defined operation. (1:1)",
        "This anonymous operation must be the only defined operation. (1:43)")]
    public void An_operation_without_a_name_is_the_only_one(string document, params string[] errors) =>
        Rules.Check(ValidationRules.LoneAnonymousOperation, document, errors);

    [Theory]
    [InlineData("subscription S { born { name owner { name } } }")]
    [InlineData(
        "subscription S { born { name } died { name } x: died { name } }",
        "Subscription \"S\" must select only one top level field. (1:32, 1:46)")]
    [InlineData(
        "subscription { born { name } ...F } fragment F on Subscription { died { name } born { name } }",
        "Anonymous Subscription must select only one top level field. (1:66)")]
    [InlineData("subscription S { __typename }", "Subscription \"S\" must not select an introspection top level field. (1:18)")]
    [InlineData("subscription { ... on Being { name } ... on Subscription { a: born { name } a: born { name } } }")]
    [InlineData("query { dog { name } cat { name } }")]
    public void A_subscription_has_one_field_of_its_own(string document, params string[] errors) =>
        Rules.Check(ValidationRules.SingleFieldSubscriptions, document, errors);

    [Theory]
    [InlineData("query ($a: Int, $b: [Command!]!) { dog { ... on Pet { name } } }")]
    [InlineData(
        "query ($a: [Comand!]!) { dog { ... on Dogg { name } } } fragment F on Humn { name }",
        "Unknown type \"Comand\". Did you mean \"Command\" or \"Human\"? (1:13)",
        "Unknown type \"Dogg\". Did you mean \"Dog\"? (1:39)",
        "Unknown type \"Humn\". Did you mean \"Human\"? (1:71)")]
    [InlineData("query ($a: Strin) { dog { name } }", "Unknown type \"Strin\". Did you mean \"String\" or \"Stone\"? (1:12)")]
    [InlineData(
        "type T { a: Boolea } query ($a: T) { dog { name } }",
        "Unknown type \"Boolea\". Did you mean \"Boolean\"? (1:13)")]
    public void Types_have_names_that_the_schema_knows(string document, params string[] errors) =>
        Rules.Check(ValidationRules.KnownTypeNames, document, errors);

    [Theory]
    [InlineData("query ($a: Int, $b: [Filter!]!, $c: Command, $d: Unknown) { dog { name } }")]
    [InlineData(
        "query ($a: Dog, $b: [[CatOrDog!]]!, $c: Pet) { dog { name } }",
        "Variable \"$a\" cannot be non-input type \"Dog\". (1:12)",
        "Variable \"$b\" cannot be non-input type \"[[CatOrDog!]]!\". (1:21)",
        "Variable \"$c\" cannot be non-input type \"Pet\". (1:41)")]
    public void Variables_have_input_types(string document, params string[] errors) =>
        Rules.Check(ValidationRules.VariablesAreInputTypes, document, errors);
}
