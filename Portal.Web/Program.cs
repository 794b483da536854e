using Portal.Web.Composition;

await PortalHost.RunAsync(args);
