using Portal.Web.Composition;
using Portal.Web.GraphQL.Common;

// The text of schema.graphql, for which nothing has to run.
if (args is ["schema"])
{
    Console.Out.Write(PortalSchema.Text());
    return 0;
}
if (args is ["rekey", .. var settings]) return await RekeyCommand.RunAsync(settings, Console.Out, CancellationToken.None);
await PortalHost.RunAsync(args);
return 0;
