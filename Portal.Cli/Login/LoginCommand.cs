using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.Output;

namespace Portal.Cli.Login;

/// <summary><c>portal login</c>: gets an access token and keeps it.</summary>
public static class LoginCommand
{
    private static string Client => $"portal on {Environment.MachineName}";

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var mail = new Option<string?>("--mail") { Description = "Mail address of the account (PORTAL_MAIL)" };
        var name = new Option<string?>("--name") { Description = "With --sign-up: the name that others see" };
        var signUp = new Option<bool>("--sign-up") { Description = "Make the account first" };
        var passwordFile = new Option<string?>("--password-file")
        {
            Description = "File with the password, - for standard input (else PORTAL_PASSWORD, else it is asked for)",
        };
        var device = new Option<bool>("--device")
        {
            Description = "Ask for access; somebody says yes in a browser, on any computer (takes no password)",
        };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "With --device: what the token shall be for, such as get_job_status; several may be given",
            AllowMultipleArgumentsPerToken = true,
        };
        var project = new Option<string?>("--project") { Description = "With --device: the only project, by its id" };
        var days = new Option<int?>("--days") { Description = "With --device: how many days the token shall live" };
        var reason = new Option<string?>("--reason") { Description = "With --device: what for, as the person reads it" };
        var command = new Command("login", "Sign in, and keep an access token for this command line")
        {
            mail, name, signUp, passwordFile, device, scopes, project, days, reason,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var url = Settings.Load(parsed.GetValue(CommandParts.Url), null).Portal();
            if (parsed.GetValue(device))
            {
                await ByDeviceAsync(url, parsed.GetValue(scopes) ?? [], parsed.GetValue(project), parsed.GetValue(days),
                    parsed.GetValue(reason), cancel);
                return ExitCode.Well;
            }
            var who = parsed.GetValue(mail) ?? Environment.GetEnvironmentVariable("PORTAL_MAIL")
                ?? throw new UsageException("Whose account? Give --mail.");
            var password = Secret.Read(parsed.GetValue(passwordFile), "PORTAL_PASSWORD", "Password");
            using var web = new WebForms(url);
            var refused = parsed.GetValue(signUp)
                ? await web.SignUpAsync(parsed.GetValue(name) ?? who.Split('@')[0], who, password, cancel)
                : await web.SignInAsync(who, password, cancel);
            if (refused is not null)
            {
                await Console.Error.WriteLineAsync(Print.Plain(refused));
                return ExitCode.Refused;
            }
            var token = await web.TokenAsync(Client, cancel);
            Settings.Keep(url, token);
            Console.Out.WriteLine($"Signed in at {url} as {who}. The access token is kept in {Settings.File}.");
            return ExitCode.Well;
        });
        return command;
    }

    private static async Task ByDeviceAsync(
        Uri url, string[] scopes, string? project, int? days, string? reason, CancellationToken cancel)
    {
        using var login = new DeviceLogin(url);
        var asked = await login.AskAsync(Client, scopes, project, days, reason, cancel);
        string[] lines =
        [
            $"Open {asked.VerificationUriComplete ?? asked.VerificationUri}",
            $"in a browser, on any computer, compare the code {asked.UserCode}, and decide there what this command line may do.",
            $"Waiting; the code is good for {asked.ExpiresIn / 60} minutes.",
        ];
        foreach (var line in lines) await Console.Error.WriteLineAsync(Print.Plain(line));
        var token = await login.FetchAsync(asked, Client, cancel);
        Settings.Keep(url, token.AccessToken);
        Console.Out.WriteLine($"Access to {url} was allowed: {Print.Plain(token.Scope)}. The access token is kept in {Settings.File}.");
    }
}
