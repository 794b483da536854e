using System.CommandLine;
using System.Security.Cryptography;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary>What a run wrote.</summary>
public static class ResultCommands
{
    /// <summary>Reads a log.</summary>
    public static Command Logs()
    {
        var run = RunCommands.Run();
        var step = new Option<string?>("--step") { Description = "Id of the step; the first when left out" };
        var task = new Option<int?>("--task") { Description = "Array task" };
        var error = new Option<bool>("--stderr") { Description = "Standard error instead of standard output" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the log is complete" };
        return new Command("logs", "The log of a step") { run, step, task, error, follow }.Does(async (parsed, portal, cancel) =>
        {
            var chosen = parsed.GetValue(step);
            if (chosen is null)
            {
                var found = await portal.GetAsync($"runs/{parsed.GetValue(run)}", cancel);
                chosen = found.Entries("steps").First().Text("id");
            }
            var query = $"step={Uri.EscapeDataString(chosen)}&stream={(parsed.GetValue(error) ? "stderr" : "stdout")}";
            if (parsed.GetValue(task) is { } number) query += $"&task={number}";
            await using var output = Console.OpenStandardOutput();
            var path = $"runs/{parsed.GetValue(run)}/log?{query}";
            if (parsed.GetValue(follow))
            {
                using var answer = await portal.OpenAsync($"{path}&follow=true", cancel);
                await answer.Content.CopyToAsync(output, cancel);
                return ExitCode.Well;
            }
            for (long offset = 0; ;)
            {
                using var answer = await portal.OpenAsync($"{path}&offset={offset}", cancel);
                await answer.Content.CopyToAsync(output, cancel);
                var begun = long.Parse(answer.Headers.GetValues("Portal-Log-Offset").First(), System.Globalization.CultureInfo.InvariantCulture);
                var size = long.Parse(answer.Headers.GetValues("Portal-Log-Size").First(), System.Globalization.CultureInfo.InvariantCulture);
                var read = answer.Content.Headers.ContentLength ?? 0;
                if (read == 0 || begun + read >= size) return ExitCode.Well;
                offset = begun + read;
            }
        });
    }

    /// <summary>Downloads results.</summary>
    public static Command Download()
    {
        var run = RunCommands.Run();
        var folder = new Option<string>("--to") { DefaultValueFactory = _ => ".", Description = "Folder to put them in" };
        return new Command("download", "Download every result that has arrived, and compare its SHA-256") { run, folder }.Does(async (parsed, portal, cancel) =>
        {
            var found = await portal.GetAsync($"runs/{parsed.GetValue(run)}", cancel);
            Directory.CreateDirectory(parsed.GetValue(folder)!);
            foreach (var output in found.Entries("outputs").Where(output => output.Text("sha256").Length > 0))
            {
                var target = Path.Combine(parsed.GetValue(folder)!, Path.GetFileName(output.Text("to")));
                using var answer = await portal.OpenAsync($"runs/{parsed.GetValue(run)}/outputs/{output.Text("index")}", cancel);
                await using (var file = File.Create(target + ".part")) await answer.Content.CopyToAsync(file, cancel);
                await using (var file = File.OpenRead(target + ".part"))
                {
                    if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) != output.Text("sha256"))
                        throw new IOException($"{target} is not what the run wrote: its SHA-256 differs.");
                }
                File.Move(target + ".part", target, overwrite: true);
                Console.Out.WriteLine(target);
            }
            return ExitCode.Well;
        });
    }
}
