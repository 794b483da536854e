using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.Output;

namespace Portal.Cli.Login;

/// <summary><c>portal login</c>: gets an access token and keeps it.</summary>
public static class LoginCommand
{
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
        var command = new Command("login", "Sign in, and keep an access token for this command line")
        {
            mail, name, signUp, passwordFile,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var url = Settings.Load(parsed.GetValue(CommandParts.Url), null).Portal();
            var who = parsed.GetValue(mail) ?? Environment.GetEnvironmentVariable("PORTAL_MAIL")
                ?? throw new UsageException("Whose account? Give --mail.");
            var password = Secret.Read(parsed.GetValue(passwordFile), "PORTAL_PASSWORD", "Password");
            using var web = new WebForms(url);
            var refused = parsed.GetValue(signUp)
                ? await web.SignUpAsync(parsed.GetValue(name) ?? who.Split('@')[0], who, password, cancel)
                : await web.SignInAsync(who, password, cancel);
            if (refused is null && web.SecondStep)
                refused = await web.CodeAsync(Secret.Read(null, "PORTAL_CODE", "Code of your app, or a recovery code"), cancel);
            if (refused is not null)
            {
                await Console.Error.WriteLineAsync(Print.Plain(refused));
                return ExitCode.Refused;
            }
            var token = await web.TokenAsync($"portal on {Environment.MachineName}", cancel);
            Settings.Keep(url, token);
            Console.Out.WriteLine($"Signed in at {url} as {who}. The access token is kept in {Settings.File}.");
            return ExitCode.Well;
        });
        return command;
    }
}
