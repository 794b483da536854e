using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Endpoints;

/// <summary><c>portal endpoint</c>: places with data.</summary>
public static class EndpointCommands
{
    private static readonly Operation Listing = new("Endpoints", "ListEndpoints");

    /// <summary>The command.</summary>
    public static Command Make() => new("endpoint", "Places with data") { List(), Add(), Remove() };

    private static Command List() => new Command("list", "The endpoints of your project").Does(async (parsed, portal, cancel) =>
    {
        var endpoints = await portal.ListAsync<Endpoint>(Listing, after => new { after }, cancel).ToListAsync(cancel);
        parsed.Show(endpoints, () =>
            Print.Table(endpoints, ("key", e => e.Key), ("name", e => e.Name), ("url", e => e.Url),
                ("user", e => e.UserName ?? "")));
        return ExitCode.Well;
    });

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "What workflows call it: endpoint://NAME/path" };
        var address = new Argument<string>("address") { Description = "ftp://host/folder, sftp://…, https://…" };
        var user = new Option<string?>("--user") { Description = "Login name there" };
        var password = new Option<string?>("--password-file")
        {
            Description = "File with the password, - for standard input (else PORTAL_ENDPOINT_PASSWORD, else it is asked for)",
        };
        var hostKey = new Option<string?>("--host-key") { Description = "For sftp: the fingerprint of its key, SHA256:…" };
        var command = new Command("add", "Register an endpoint, or change the one of this name")
        {
            name, address, user, password, hostKey,
        };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var secret = parsed.GetValue(user) is null
                ? null
                : Secret.Read(parsed.GetValue(password), "PORTAL_ENDPOINT_PASSWORD", "Password of the endpoint");
            var (chosen, url, userName, key) = (parsed.GetValue(name)!, parsed.GetValue(address), parsed.GetValue(user),
                parsed.GetValue(hostKey));
            var same = await portal.ListAsync<Endpoint>(Listing, after => new { after, name = chosen }, cancel)
                .FirstOrDefaultAsync(cancel);
            var kept = same is null
                ? await portal.ChangeAsync<Endpoint>(new("Endpoints", "RegisterEndpoint"),
                    new { name = chosen, url, userName, password = secret, hostKey = key }, cancel)
                : await portal.ChangeAsync<Endpoint>(new("Endpoints", "ChangeEndpoint"),
                    new { id = same.Id, url, userName, password = secret, hostKey = key }, cancel);
            parsed.Show(kept, () => Print.Fields(("Endpoint", kept.Key), ("Name", kept.Name), ("Address", kept.Url)));
            return ExitCode.Well;
        });
    }

    private static Command Remove()
    {
        var endpoint = new Argument<string>("endpoint") { Description = "Id or name" };
        var command = new Command("remove", "Take an endpoint away, its password with it") { endpoint };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.IdAsync<Endpoint>("Endpoint", parsed.GetValue(endpoint)!, Listing,
                found => (found.Id, found.Name), cancel);
            await portal.ChangeAsync<string>(new("Endpoints", "RemoveEndpoint"), new { id }, cancel);
            return ExitCode.Well;
        });
    }
}
