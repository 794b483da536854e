using System.CommandLine;
using System.Security.Cryptography;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run download</c>.</summary>
public static class DownloadCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        var folder = new Option<string>("--to") { DefaultValueFactory = _ => ".", Description = "Folder to put them in" };
        var command = new Command("download", "Download every result that has arrived, and compare its SHA-256") { run, folder };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var found = await RunCommands.FoundAsync(portal, parsed.RunId(run), cancel);
            Directory.CreateDirectory(parsed.GetValue(folder)!);
            var files = new List<DownloadedFile>();
            foreach (var output in found.Outputs.Where(output => output.DownloadPath is not null))
            {
                var target = Path.Combine(parsed.GetValue(folder)!, Path.GetFileName(output.To));
                files.Add(await FetchAsync(portal, output, target, cancel));
            }
            parsed.Show(files, () => files.ForEach(file => Console.Out.WriteLine(Print.Plain(file.Path))));
            return ExitCode.Well;
        });
    }

    private static async Task<DownloadedFile> FetchAsync(PortalClient portal, Result output, string target,
        CancellationToken cancel)
    {
        using var answer = await portal.OpenAsync(output.DownloadPath!, cancel);
        var part = $"{target}.part";
        await using (var file = File.Create(part))
        {
            await answer.Content.CopyToAsync(file, cancel);
            file.Position = 0;
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) != output.Sha256)
                throw new RefusedException([new("INTEGRITY_MISMATCH", $"{target} is not what the run wrote: its SHA-256 differs.",
                    Advice: "Download it again.")]);
        }
        File.Move(part, target, overwrite: true);
        return new(target, output.Size, output.Sha256!);
    }

    /// <summary>A result that was downloaded.</summary>
    public sealed record DownloadedFile(string Path, long? Size, string Sha256);
}
