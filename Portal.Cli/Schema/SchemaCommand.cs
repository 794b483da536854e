using System.CommandLine;
using Portal.Cli.Output;

namespace Portal.Cli.Schema;

/// <summary><c>portal schema</c>: the schema of the portal that is spoken to, in GraphQL's schema definition language.</summary>
public static class SchemaCommand
{
    /// <summary>The command.</summary>
    public static Command Make() =>
        new Command("schema", "The portal's GraphQL schema, as text (SDL)").Does(async (_, portal, cancel) =>
    {
        using var answer = await portal.OpenAsync("schema.graphql", cancel);
        Console.Out.Write(await answer.Content.ReadAsStringAsync(cancel));
        return ExitCode.Well;
    });
}
