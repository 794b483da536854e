using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Validation;

public sealed class OptionTests
{
    [Fact]
    public void A_document_without_errors_has_none()
    {
        Assert.Empty(Rules.Validate("query Q($id: ID!) { pet(id: $id) { ...F } } fragment F on Pet { name owner { id } }"));
    }

    [Fact]
    public void Errors_come_in_the_order_of_the_document_and_variables_at_the_end_of_their_operation()
    {
        var errors = Rules.Validate(
            "query A { a: numbers(int: $x) b { c } a: dog { name } } query B { nothing } fragment F on Dog { x }");
        Assert.Equal(
            ["OverlappingFieldsCanBeMerged", "FieldsOnCorrectType", "NoUndefinedVariables", "FieldsOnCorrectType",
             "FieldsOnCorrectType", "NoUnusedFragments"],
            errors.Select(error => error.Rule.ToString()));
        Assert.Equal([1, 1, 1, 1, 1, 1], errors.Select(error => error.Locations[0].Line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void No_more_errors_are_told_than_wanted_and_one_that_says_so(int most)
    {
        var document = $"{{ {string.Concat(Enumerable.Range(0, most + 1).Select(i => $"x{i} "))} }}";
        var errors = Rules.Validate(document, new ValidationOptions { MaxErrors = most });
        Assert.Equal(most + 1, errors.Count);
        Assert.All(errors.Take(most), error => Assert.Equal(ValidationRules.FieldsOnCorrectType, error.Rule));
        Assert.Equal("Too many validation errors, error limit reached. Validation aborted.", errors[most].ToString());
        Assert.Equal(ValidationRules.None, errors[most].Rule);
        Assert.Equal(most + 1, Rules.Validate(document, new ValidationOptions { MaxErrors = most + 1 }).Count);
    }

    [Fact]
    public void What_is_answered_at_the_end_has_its_place_when_there_are_too_many_errors()
    {
        var many = string.Concat(Enumerable.Range(0, 20).Select(i => $"x{i} "));
        var errors = Rules.Validate(
            $"query A {{ ...F a: dog {{ name }} a: cat {{ name }} }} query B {{ {many} }} " +
                "fragment F on Query { numbers(int: $i) }",
            new ValidationOptions { MaxErrors = 3 });
        Assert.Equal(
            ["OverlappingFieldsCanBeMerged", "NoUndefinedVariables", "FieldsOnCorrectType", "None"],
            errors.Select(error => error.Rule.ToString()));
    }

    [Theory]
    [InlineData("{ dgo }", "Cannot query field \"dgo\" on type \"Query\". (1:3)")]
    [InlineData("{ pet(id: 1) { barks } }", "Cannot query field \"barks\" on type \"Pet\". (1:16)")]
    [InlineData("{ dog { ... on Ct { name } } }", "Unknown type \"Ct\". (1:16)")]
    [InlineData("{ dog { knows(command: SITT) } }", "Value \"SITT\" does not exist in \"Command\" enum. (1:24)")]
    [InlineData("{ dog { knows(command: 1) } }", "Enum \"Command\" cannot represent non-enum value: 1. (1:24)")]
    [InlineData("{ dog { isAt(xx: 1) } }", "Unknown argument \"xx\" on field \"Dog.isAt\". (1:14)")]
    [InlineData("{ find(filter: {nam: 1}) { name } }", "Field \"nam\" is not defined by type \"Filter\". (1:17)")]
    [InlineData("{ dog { name @skip(if: true, iff: 1) } }", "Unknown argument \"iff\" on directive \"@skip\". (1:30)")]
    public void Without_suggestions_nothing_of_the_schema_is_told(string document, string error)
    {
        Assert.Equal(error, Assert.Single(Rules.Validate(document, new ValidationOptions { Suggestions = false })).ToString());
        Assert.NotEmpty(Rules.Validate(document));
    }

    [Fact]
    public void A_scalar_of_the_program_says_in_its_own_words_what_is_wrong()
    {
        var schema = new SchemaBuilder().Add("type Query { at(date: Date!): Int } scalar Date").Scalar("Date", new Never())
            .Build();
        var errors = DocumentValidator.Validate(schema, Parser.Parse("{ at(date: \"today\") }"));
        Assert.Equal("Expected value of type \"Date!\", found \"today\"; Not a date. (1:12)", Assert.Single(errors).ToString());
    }

    [Fact]
    public void Every_rule_is_broken_by_some_example()
    {
        var broken = ExampleDocuments.All.Where(text => Parser.TryParse(text, out _, out _))
            .SelectMany(text => Rules.Validate(text))
            .Aggregate(ValidationRules.None, (all, error) => all | error.Rule);
        Assert.Equal(ValidationRules.All, broken);
    }

    private sealed class Never : ScalarCodec
    {
        public override bool TryParseLiteral(
            ValueNode node, IReadOnlyDictionary<string, object?>? variables, out object? value, out string problem)
        {
            (value, problem) = (null, "Not a date.");
            return false;
        }
    }
}
