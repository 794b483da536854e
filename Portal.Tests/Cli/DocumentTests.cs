using Portal.Cli.GraphQL;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Cli;

public sealed class DocumentTests
{
    public static TheoryData<string> Documents() => new(typeof(Operation).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".graphql", StringComparison.Ordinal) && name != "Why.graphql").Select(name =>
            Path.GetFileNameWithoutExtension(name)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_the_command_line_asks_the_schema_has(string document)
    {
        var schema = Schema.FromSdl(File.ReadAllText(Repository.PathOf("schema.graphql")));
        Assert.Empty(DocumentValidator.Validate(schema, Parser.Parse(new Operation(document, "").Text)).Select(error =>
            error.Message));
    }
}
