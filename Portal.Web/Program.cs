using Portal.Web.Composition;
using Portal.Web.GraphQL.Common;

// The text of schema.graphql, for which nothing has to run.
if (args is ["schema"])
{
    Console.Out.Write(PortalSchema.Text());
    return;
}
await PortalHost.RunAsync(args);
