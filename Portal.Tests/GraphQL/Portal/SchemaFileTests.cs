using Portal.GraphQL.Types;
using Portal.Tests.Fixtures;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.GraphQL.PortalSchemas;

public sealed class SchemaFileTests
{
    [Fact]
    public void The_file_is_in_step_with_the_schema() =>
        Assert.Equal(PortalSchema.Text(), File.ReadAllText(Repository.PathOf("schema.graphql")));

    [Fact]
    public void The_file_makes_a_schema_and_that_is_the_same() =>
        Assert.Equal(PortalSchema.Text(), SchemaPrinter.Print(Schema.FromSdl(PortalSchema.Text()), sorted: true) + "\n");
}
