using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.Transport;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A client that a program made from what the portal tells of its schema: typed, compiled, and used.</summary>
public sealed class GeneratedClientTests(SchemaGround ground, NpmClients clients)
    : IClassFixture<SchemaGround>, IClassFixture<NpmClients>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-generated-").FullName;

    [Fact]
    public async Task What_genql_generates_compiles_and_gets_answers()
    {
        Assert.NotNull(clients);
        var url = new Uri(ground.Portal.Address, "graphql").ToString();
        var token = (await ground.AccessTokenAsync(ground.Ada)).Text;
        await NpmClients.RunAsync(
            "npx", "genql", "--endpoint", url, "--header", $"Authorization: Bearer {token}",
            "--output", Path.Combine(folder, "client"));
        var script = Path.Combine(folder, "generated.ts");
        File.Copy(Repository.PathOf("Portal.Tests", "GraphQL", "Transport", "npm", "generated.ts"), script);
        await NpmClients.RunAsync(
            "npx", "tsc", "--strict", "--module", "commonjs", "--target", "es2022",
            "--lib", "es2022,dom", script);

        var lines = await NpmClients.RunAsync("node", Path.ChangeExtension(script, ".js"), url, token,
            SchemaGround.IdOf(ground.Machine), ground.Token, SchemaGround.Description);

        Assert.Equal(
        [
            """[{"role":"OWNER","personal":true}]""",
            """["Generated","demo",[]]""",
            """[{"__typename":"InvalidInputError","code":"TOKEN_MALFORMED","field":"securityToken"}]""",
            """[1,true,"SUBMITTED",{"__typename":"Run","stepCount":1}]""",
        ], lines);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
