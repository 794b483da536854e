using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Endpoints;

/// <summary><c>portal endpoint</c>: places with data.</summary>
public static class EndpointCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("endpoint", "Places with data") { List(), Add(), Remove() };

    private static Command List() => new Command("list", "The endpoints of your project").Does(async (parsed, portal, cancel) =>
    {
        var endpoints = await portal.ListAsync("endpoints", int.MaxValue, cancel);
        if (parsed.Json()) Print.Json(endpoints);
        else
        {
            Print.Table(endpoints, ("id", e => e.Text("id")), ("name", e => e.Text("name")), ("url", e => e.Text("url")),
                ("user", e => e.Text("userName")));
        }
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
        var command = new Command("add", "Register an endpoint, or change the one of this name") { name, address, user, password, hostKey };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var secret = parsed.GetValue(user) is null
                ? null
                : Secret.Read(parsed.GetValue(password), "PORTAL_ENDPOINT_PASSWORD", "Password of the endpoint");
            var body = new
            {
                name = parsed.GetValue(name), url = parsed.GetValue(address), userName = parsed.GetValue(user), password = secret,
                hostKey = parsed.GetValue(hostKey),
            };
            var same = await portal.ListAsync($"endpoints?name={Uri.EscapeDataString(body.name!)}", 1, cancel);
            var kept = same.Count == 0
                ? await portal.PostAsync("endpoints", body, cancel)
                : await portal.PutAsync($"endpoints/{same[0].Text("id")}", body, cancel);
            if (parsed.Json()) Print.Json(kept);
            else Print.Fields(("Endpoint", kept.Text("id")), ("Name", kept.Text("name")), ("Address", kept.Text("url")));
            return ExitCode.Well;
        });
    }

    private static Command Remove()
    {
        var endpoint = new Argument<string>("endpoint") { Description = "Id or name" };
        return new Command("remove", "Take an endpoint away, its password with it") { endpoint }.Does(async (parsed, portal, cancel) =>
        {
            await portal.DeleteAsync($"endpoints/{await portal.IdAsync("endpoints", parsed.GetValue(endpoint)!, cancel)}", cancel);
            return ExitCode.Well;
        });
    }
}
