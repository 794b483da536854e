using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;
using Portal.Tests.GraphQL.Fuzz;

namespace Portal.Tests.GraphQL.Validation;

/// <summary>Asks rules of documents for <see cref="ExampleSchemas.Pets"/>.</summary>
internal static class Rules
{
    public static Schema Pets { get; } = Schema.FromSdl(ExampleSchemas.Pets);

    /// <summary>What one rule finds, and no other is asked.</summary>
    public static void Check(ValidationRules rule, string document, params string[] errors)
    {
        var found = Validate(document, new ValidationOptions { Rules = rule });
        Assert.Equal(errors, found.Select(error => error.ToString()));
        Assert.All(found, error => Assert.Equal(rule, error.Rule));
        // Among all rules it finds the same.
        Assert.Equal(found, Validate(document).Where(error => error.Rule == rule), Same);
    }

    public static IReadOnlyList<ValidationError> Validate(string document, ValidationOptions? options = null) =>
        DocumentValidator.Validate(Pets, Parser.Parse(document), options);

    private static bool Same(ValidationError one, ValidationError other) => one.ToString() == other.ToString();
}
