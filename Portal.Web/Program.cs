using Portal.Web.Composition;
using Portal.Web.GraphQL.Common;

// The text of schema.graphql, for which nothing has to run.
if (args is ["schema"])
{
    Console.Out.Write(PortalSchema.Text());
    return 0;
}
if (args is ["rekey", .. var settings]) return await RekeyCommand.RunAsync(settings, Console.Out, CancellationToken.None);
try
{
    await PortalHost.RunAsync(args);
    return 0;
}
catch (FormatException wrong)
{
    // A setting: its name and what it needs. 78 is EX_CONFIG of sysexits.h.
    await Console.Error.WriteLineAsync($"The portal was not started. {wrong.Message}");
    return 78;
}
