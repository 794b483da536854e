using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Fragments.</summary>
public sealed class FragmentRuleTests
{
    [Theory]
    [InlineData("{ dog { ... on Pet { ... on CatOrDog { ... on Dog { ... { name } } } } } }")]
    [InlineData(
        "{ dog { ... on Command { a } } } fragment F on Filter { b } fragment G on Date { c } fragment H on Unknown { " +
            "d }",
        "Fragment cannot condition on non composite type \"Command\". (1:16)",
        "Fragment \"F\" cannot condition on non composite type \"Filter\". (1:48)",
        "Fragment \"G\" cannot condition on non composite type \"Date\". (1:75)")]
    public void Fragments_select_from_objects_interfaces_and_unions(string document, params string[] errors) =>
        Rules.Check(ValidationRules.FragmentsOnCompositeTypes, document, errors);

    [Theory]
    [InlineData("fragment A on Dog { name } fragment B on Dog { name }")]
    [InlineData(
        "fragment A on Dog { name } fragment A on Cat { name } fragment A on Dog { name }",
        "There can be only one fragment named \"A\". (1:10, 1:37)",
        "There can be only one fragment named \"A\". (1:10, 1:64)")]
    public void Fragments_have_different_names(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueFragmentNames, document, errors);

    [Theory]
    [InlineData("{ dog { ...A } } fragment A on Dog { name }")]
    [InlineData(
        "{ dog { ...A ... { ...B } } } fragment C on Dog { ...A }",
        "Unknown fragment \"A\". (1:12)",
        "Unknown fragment \"B\". (1:23)",
        "Unknown fragment \"A\". (1:54)")]
    public void Fragments_that_are_spread_exist(string document, params string[] errors) =>
        Rules.Check(ValidationRules.KnownFragmentNames, document, errors);

    [Theory]
    [InlineData("{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }")]
    [InlineData(
        "{ dog { name } } fragment A on Dog { ...B } fragment B on Dog { ...A }",
        "Fragment \"A\" is never used. (1:18)",
        "Fragment \"B\" is never used. (1:45)")]
    [InlineData("fragment A on Dog { name } { dog { ...A } } fragment A on Dog { name }")]
    public void Fragments_are_spread_by_some_operation(string document, params string[] errors) =>
        Rules.Check(ValidationRules.NoUnusedFragments, document, errors);

    [Theory]
    [InlineData(
        "{ dog { ... on Pet { name } ... on Being { name } ... on CatOrDog { __typename } } pet { ... on Dog { name } " +
            "} catOrDog { ... on Owned { __typename } } }")]
    [InlineData(
        "{ dog { ... on Cat { name } ...F } owned { ... on Cat { name } ... on Human { name } } } fragment F on Human " +
            "{ name }",
        "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\". (1:9)",
        "Fragment \"F\" cannot be spread here as objects of type \"Dog\" can never be of type \"Human\". (1:29)",
        "Fragment cannot be spread here as objects of type \"Owned\" can never be of type \"Cat\". (1:44)",
        "Fragment cannot be spread here as objects of type \"Owned\" can never be of type \"Human\". (1:64)")]
    [InlineData(
        "{ being { ... on Owned { ... on Stone { weight } ... on Pet { name } } } pet { ... on Human { name } ...X " +
            "...U } } fragment U on Unknown { a }",
        "Fragment cannot be spread here as objects of type \"Pet\" can never be of type \"Human\". (1:80)")]
    public void Fragments_stand_where_some_object_may_be_meant(string document, params string[] errors) =>
        Rules.Check(ValidationRules.PossibleFragmentSpreads, document, errors);

    [Theory]
    [InlineData("fragment A on Dog { ...B ...B } fragment B on Dog { name }")]
    [InlineData("fragment A on Dog { mother { ...A } }", "Cannot spread fragment \"A\" within itself. (1:30)")]
    [InlineData(
        "fragment A on Dog { ...B } fragment B on Dog { ...C } fragment C on Dog { name ...A }",
        "Cannot spread fragment \"A\" within itself via \"B\", \"C\". (1:21, 1:48, 1:80)")]
    [InlineData(
        "fragment A on Dog { ...B ...C } fragment B on Dog { ...C } fragment C on Dog { ...B ...A }",
        "Cannot spread fragment \"B\" within itself via \"C\". (1:53, 1:80)",
        "Cannot spread fragment \"A\" within itself via \"B\", \"C\". (1:21, 1:53, 1:85)")]
    [InlineData(
        "fragment A on Dog { ... { ...B } mother { ...A } } fragment B on Dog { ...Nowhere mother { ...A } }",
        "Cannot spread fragment \"A\" within itself. (1:43)",
        "Cannot spread fragment \"A\" within itself via \"B\". (1:27, 1:92)")]
    public void No_fragment_spreads_itself(string document, params string[] errors) =>
        Rules.Check(ValidationRules.NoFragmentCycles, document, errors);
}
