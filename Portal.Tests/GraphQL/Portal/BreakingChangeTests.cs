using Portal.GraphQL.Types;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>CONTRIBUTING.md says how a breaking change is accepted.</summary>
public sealed class BreakingChangeTests
{
    [Fact]
    public void What_clients_were_built_for_still_works()
    {
        var changes = SchemaComparison.FindBreakingChanges(
            Read("Portal.Tests", "GraphQL", "Portal", "schema.released.graphql"), Read("schema.graphql"));
        Assert.True(changes.IsEmpty, string.Join('\n', changes));
    }

    private static Schema Read(params string[] path) => Schema.FromSdl(File.ReadAllText(Repository.PathOf(path)));
}
