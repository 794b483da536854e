using Portal.GraphQL.Language;
using Portal.GraphQL.Validation;
using Portal.Tests.Fixtures;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.Web;

public sealed class ConsoleExampleTests
{
    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Repository.PathOf("Portal.Web", "Console", "examples")).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_console_fits_the_schema(string name)
    {
        var text = File.ReadAllText(Repository.PathOf("Portal.Web", "Console", "examples", name));

        Assert.Empty(DocumentValidator.Validate(PortalSchema.Schema, Parser.Parse(text)));
    }
}
