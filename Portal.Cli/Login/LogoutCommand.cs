using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Login;

/// <summary><c>portal logout</c>: revokes the access token that <c>login</c> kept, and forgets it.</summary>
public static class LogoutCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var command = new Command("logout", "Revoke the access token that login kept, and forget it");
        command.SetAction(async (parsed, cancel) =>
        {
            if (Settings.KeptFor(parsed.GetValue(CommandParts.Url)) is not { Token: { } token } kept)
            {
                Console.Out.WriteLine($"No access token is kept in {Settings.File}.");
                return ExitCode.Well;
            }
            var url = kept.Portal();
            using (var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) })
            using (var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }))
            using (var answer = await http.PostAsync(new Uri("oauth/revoke", UriKind.Relative), body, cancel))
            {
                // It is forgotten once it is worth nothing: before that, nobody else could end it.
                if (!answer.IsSuccessStatusCode) throw await RefusedException.ReadAsync(answer, cancel);
            }
            Settings.Forget();
            Console.Out.WriteLine($"Signed out of {url}. The access token is revoked and forgotten.");
            return ExitCode.Well;
        });
        return command;
    }
}
