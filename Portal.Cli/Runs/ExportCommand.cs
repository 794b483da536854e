using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run export</c>: takes a run away.</summary>
public static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        var crate = new Option<string?>("--crate")
        {
            Description = "File to write an RO-Crate (zip) into: workflow, provenance, events and their proof",
        };
        var results = new Option<bool>("--results") { Description = "Put results of up to 256 MiB into the crate" };
        var prov = new Option<string?>("--prov") { Description = "File to write the run as W3C PROV-JSON into" };
        var proof = new Option<string?>("--proof") { Description = "File to write its events and their proof into" };
        var related = new Option<bool>("--related")
        {
            Description = "Put what the submission led to elsewhere, and what names the run, into crate and proof, as far "
                + "as you may read it",
        };
        var command = new Command("export", """
            Take a run away, in files that are verified offline by `portal audit verify FILE`.
            It takes the permission to read the events of its project.
            """) { run, crate, results, prov, proof, related };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var wanted = new[] { crate, prov, proof }.Select(parsed.GetValue).ToArray();
            if (wanted is [null, null, null])
                throw new UsageException("Say what to write: --crate FILE, --prov FILE or --proof FILE.");
            if (parsed.GetValue(results) && wanted[0] is null) throw new UsageException("--results goes with --crate FILE.");
            if (parsed.GetValue(related) && wanted is [null, _, null])
                throw new UsageException("--related goes with --crate FILE or --proof FILE.");
            var found = await portal.AskAsync<ExportedRun>(RunCommands.Operation("ExportRun"),
                new { id = parsed.RunId(run), results = parsed.GetValue(results), related = parsed.GetValue(related) }, cancel);
            var paths = found.Export;
            string[] from = [paths.CratePath, paths.ProvPath, paths.ProofPath];
            var files = new List<ExportedFile>();
            foreach (var (path, file) in from.Zip(wanted))
                if (file is not null) files.Add(await FetchAsync(portal, path, file, cancel));
            parsed.Show(files, () => files.ForEach(file => Console.Out.WriteLine(Print.Plain(file.Path))));
            return ExitCode.Well;
        });
    }

    // Whole, or not there: an answer that breaks off leaves no file of that name.
    private static async Task<ExportedFile> FetchAsync(PortalClient portal, string path, string file, CancellationToken cancel)
    {
        using var answer = await portal.OpenAsync(path, cancel);
        var part = $"{file}.part";
        try
        {
            await using (var target = File.Create(part)) await answer.Content.CopyToAsync(target, cancel);
            File.Move(part, file, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        return new(file, new FileInfo(file).Length);
    }

    /// <summary>A file that was written.</summary>
    public sealed record ExportedFile(string Path, long Size);

    /// <summary>A run, and where it is taken from.</summary>
    public sealed record ExportedRun(string Key, ExportPaths Export);

    /// <summary>Paths on the portal.</summary>
    public sealed record ExportPaths(string CratePath, string ProvPath, string ProofPath);
}
