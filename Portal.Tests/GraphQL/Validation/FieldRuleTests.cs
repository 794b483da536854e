using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Fields, their arguments, and directives.</summary>
public sealed class FieldRuleTests
{
    [Theory]
    [InlineData("{ dog { name owner { id } } }")]
    [InlineData(
        "{ dog { name { x } barks { y } } }",
        "Field \"name\" must not have a selection since type \"String\" has no subfields. (1:14)",
        "Field \"barks\" must not have a selection since type \"Boolean!\" has no subfields. (1:26)")]
    [InlineData(
        "{ dog find }",
        "Field \"dog\" of type \"Dog\" must have a selection of subfields. Did you mean \"dog { ... }\"? (1:3)",
        "Field \"find\" of type \"[Being!]!\" must have a selection of subfields. Did you mean \"find { ... }\"? (1:7)")]
    [InlineData(
        "{ dog { owner knows(command: SIT) { x } } unknown unknown { x } }",
        "Field \"owner\" of type \"Human\" must have a selection of subfields. Did you mean \"owner { ... }\"? (1:9)",
        "Field \"knows\" must not have a selection since type \"Boolean!\" has no subfields. (1:35)")]
    public void Objects_have_a_selection_and_scalars_have_none(string document, params string[] errors) =>
        Rules.Check(ValidationRules.ScalarLeafs, document, errors);

    [Theory]
    [InlineData("{ __typename __schema { queryType { name } } dog { __typename name } catOrDog { __typename } }")]
    [InlineData(
        "{ dog { meowVolume barkVolum __schema { queryType { name } } } dgo }",
        "Cannot query field \"meowVolume\" on type \"Dog\". Did you mean \"barkVolume\"? (1:9)",
        "Cannot query field \"barkVolum\" on type \"Dog\". Did you mean \"barkVolume\"? (1:20)",
        "Cannot query field \"__schema\" on type \"Dog\". (1:30)",
        "Cannot query field \"dgo\" on type \"Query\". Did you mean \"dog\"? (1:64)")]
    [InlineData(
        "{ pet { nickname barks x } being { owner { name } meows } catOrDog { name weight barks } }",
        "Cannot query field \"nickname\" on type \"Pet\". Did you mean to use an inline fragment on \"Cat\" or " +
            "\"Dog\"? (1:9)",
        "Cannot query field \"barks\" on type \"Pet\". Did you mean to use an inline fragment on \"Dog\"? (1:18)",
        "Cannot query field \"x\" on type \"Pet\". (1:24)",
        "Cannot query field \"owner\" on type \"Being\". Did you mean to use an inline fragment on \"Pet\", \"Cat\", " +
            "or \"Dog\"? (1:36)",
        "Cannot query field \"meows\" on type \"Being\". Did you mean to use an inline fragment on \"Cat\"? (1:51)",
        "Cannot query field \"name\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Being\", " +
            "\"Pet\", \"Cat\", or \"Dog\"? (1:70)",
        "Cannot query field \"weight\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Cat\" or " +
            "\"Dog\"? (1:75)",
        "Cannot query field \"barks\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Dog\"? (1:82)")]
    [InlineData(
        "{ unknown { a { b } } ... on Unknown { a } dog { unknown { a } } }",
        "Cannot query field \"unknown\" on type \"Query\". (1:3)",
        "Cannot query field \"unknown\" on type \"Dog\". Did you mean \"knows\"? (1:50)")]
    public void Fields_are_those_of_their_type(string document, params string[] errors) =>
        Rules.Check(ValidationRules.FieldsOnCorrectType, document, errors);

    [Theory]
    [InlineData("{ dog { name(surname: true) @skip(if: true) } }")]
    [InlineData(
        "{ dog { name(surnme: 1, other: 2) knows(comand: SIT) } __typename(a: 1) }",
        "Unknown argument \"surnme\" on field \"Dog.name\". Did you mean \"surname\"? (1:14)",
        "Unknown argument \"other\" on field \"Dog.name\". (1:25)",
        "Unknown argument \"comand\" on field \"Dog.knows\". Did you mean \"command\"? (1:41)",
        "Unknown argument \"a\" on field \"Query.__typename\". (1:67)")]
    [InlineData(
        "{ dog @skip(iff: true) @tag(nme: 1, wheight: 2) @unknown(a: 1) { unknown(a: 1) } }",
        "Unknown argument \"iff\" on directive \"@skip\". Did you mean \"if\"? (1:13)",
        "Unknown argument \"nme\" on directive \"@tag\". Did you mean \"name\"? (1:29)",
        "Unknown argument \"wheight\" on directive \"@tag\". Did you mean \"weight\"? (1:37)")]
    public void Arguments_are_those_of_the_field_or_directive(string document, params string[] errors) =>
        Rules.Check(ValidationRules.KnownArgumentNames, document, errors);

    [Theory]
    [InlineData("{ dog { isAt(x: 1, y: 2) } }")]
    [InlineData(
        "{ dog { isAt(x: 1, y: 2, x: 3, y: 4, x: 5) name @skip(if: true, if: false) } }",
        "There can be only one argument named \"x\". (1:14, 1:26, 1:38)",
        "There can be only one argument named \"y\". (1:20, 1:32)",
        "There can be only one argument named \"if\". (1:55, 1:65)")]
    public void Arguments_have_different_names(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueArgumentNames, document, errors);

    [Theory]
    [InlineData("{ optional optional(a: 1) required(a: 1, b: 2) dog @skip(if: true) { isAt } }")]
    [InlineData(
        "{ required a: required(b: null) dog { knows @tag @skip(iff: 1) @unknown } }",
        "Field \"required\" argument \"a\" of type \"Int!\" is required, but it was not provided. (1:3)",
        "Field \"required\" argument \"b\" of type \"Int!\" is required, but it was not provided. (1:3)",
        "Field \"required\" argument \"a\" of type \"Int!\" is required, but it was not provided. (1:12)",
        "Directive \"@tag\" argument \"name\" of type \"String!\" is required, but it was not provided. (1:45)",
        "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided. (1:50)",
        "Field \"knows\" argument \"command\" of type \"Command!\" is required, but it was not provided. (1:39)")]
    public void Arguments_that_must_be_given_are_given(string document, params string[] errors) =>
        Rules.Check(ValidationRules.ProvidedRequiredArguments, document, errors);

    [Theory]
    [InlineData(
        "query @once { dog @once @tag(name: \"a\") { ...F @skip(if: true) ... @include(if: true) { name } } } " +
            "fragment F on Dog @tag(name: \"f\") { name }")]
    [InlineData(
        "query ($a: Int @once @skip(if: true)) @include(if: true) { dog @unknown @deprecated { ... @once { name } " +
            "...F @tag } } fragment F on Dog @once { name } mutation @tag { a } subscription @skip { b }",
        "Directive \"@skip\" may not be used on VARIABLE_DEFINITION. (1:22)",
        "Directive \"@include\" may not be used on QUERY. (1:39)",
        "Unknown directive \"@unknown\". (1:64)",
        "Directive \"@deprecated\" may not be used on FIELD. (1:73)",
        "Directive \"@once\" may not be used on INLINE_FRAGMENT. (1:91)",
        "Directive \"@tag\" may not be used on FRAGMENT_SPREAD. (1:111)",
        "Directive \"@once\" may not be used on FRAGMENT_DEFINITION. (1:138)",
        "Directive \"@tag\" may not be used on MUTATION. (1:162)",
        "Directive \"@skip\" may not be used on SUBSCRIPTION. (1:186)")]
    public void Directives_are_known_and_stand_where_they_may(string document, params string[] errors) =>
        Rules.Check(ValidationRules.KnownDirectives, document, errors);

    [Theory]
    [InlineData("{ dog @tag(name: \"a\") @tag(name: \"b\") { name @once } cat @once { name } }")]
    [InlineData(
        "query @once @once { dog @skip(if: true) @skip(if: false) @skip(if: true) { name } ... @unknown @unknown " +
            "@include @include { a } }",
        "The directive \"@once\" can only be used once at this location. (1:7, 1:13)",
        "The directive \"@skip\" can only be used once at this location. (1:25, 1:41)",
        "The directive \"@skip\" can only be used once at this location. (1:25, 1:58)",
        "The directive \"@include\" can only be used once at this location. (1:105, 1:114)")]
    public void A_directive_stands_once_unless_it_is_repeatable(string document, params string[] errors) =>
        Rules.Check(ValidationRules.UniqueDirectivesPerLocation, document, errors);

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { name } } } } } }")]
    [InlineData(
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "Maximum introspection depth exceeded (1:3)")]
    [InlineData(
        "{ __type(name: \"A\") { ...A ... { possibleTypes { ...B } } } } fragment A on __Type { name } fragment B on " +
            "__Type { interfaces { ...C } } fragment C on __Type { inputFields { name } }",
        "Maximum introspection depth exceeded (1:3)")]
    [InlineData("{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...A } } }")]
    public void Introspection_does_not_go_in_circles(string document, params string[] errors) =>
        Rules.Check(ValidationRules.MaxIntrospectionDepth, document, errors);
}
