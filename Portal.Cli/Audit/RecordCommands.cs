using System.CommandLine;
using System.Text;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;
using Portal.Cli.Runs;

namespace Portal.Cli.Audit;

/// <summary><c>portal audit events</c> and <c>portal audit export</c>: what happened, as far as you may read it.</summary>
public static class RecordCommands
{
    private const int LargestPage = 1000;

    /// <summary>Events that fit, a line each.</summary>
    public static Command Events()
    {
        var conditions = new EventConditions();
        var limit = new Option<int>("--limit", "-n") { Description = "How many at most", DefaultValueFactory = _ => 100 };
        var oldest = new Option<bool>("--oldest") { Description = "Oldest first" };
        var command = new Command("events", "What happened, newest first; as JSON one a line") { limit, oldest };
        conditions.AddTo(command);
        return command.Does(async (parsed, portal, cancel) =>
        {
            var most = parsed.GetValue(limit) is > 0 and var number ? number : throw new UsageException("--limit takes a number above 0.");
            var (project, where) = conditions.Variables(parsed);
            var order = parsed.GetValue(oldest) ? "ASCENDING" : "DESCENDING";
            var found = portal.ListAsync<RecordedEvent>(RunCommands.Operation("SearchEvents"),
                after => new { project, where, order, first = Math.Min(most, LargestPage), after }, cancel);
            await foreach (var recorded in found.Take(most))
                parsed.ShowNext(recorded, () => Say(recorded));
            return ExitCode.Well;
        });
    }

    /// <summary>All events that fit, as a file.</summary>
    public static Command Export()
    {
        var conditions = new EventConditions();
        var format = new Option<string>("--format") { Description = "jsonl or csv", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var to = new Option<FileInfo>("--to") { Description = "The file to write; one that is there is replaced", Required = true };
        var proof = new Option<bool>("--proof")
        {
            Description = "Put what shows that they were sealed into the file: `portal audit verify FILE` checks it offline",
        };
        var command = new Command("export", """
            Writes all events that fit to a file, oldest first. Its last line tells how many there are, up to which position:
            a file is only put in its place when that has arrived.
            """) { format, to, proof };
        conditions.AddTo(command);
        return command.Does(async (parsed, portal, cancel) =>
        {
            var (kind, target) = (parsed.GetValue(format)!, parsed.GetValue(to)!.FullName);
            var part = target + ".part";
            if (parsed.GetValue(proof) && kind != "jsonl")
                throw new UsageException("A proof stands in JSON lines only: --format jsonl.");
            var query = conditions.Query(parsed) + (parsed.GetValue(proof) ? "&proof=true" : "");
            using (var answer = await portal.OpenAsync($"api/v1/events.{kind}?{query}", cancel))
                await KeepAsync(answer, part, cancel);
            var end = await LastLineAsync(part, cancel);
            if (!end.StartsWith(kind == "csv" ? "end," : "{\"end\":", StringComparison.Ordinal))
                throw new RefusedException([new("EXPORT_CUT_OFF", $"The export was cut off; what came stands in {part}.",
                    Advice: "Ask for it again.")]);
            File.Move(part, target, overwrite: true);
            parsed.Show(new ExportedFile(target, new FileInfo(target).Length), () => Console.Out.WriteLine(Print.Plain(target)));
            return ExitCode.Well;
        });
    }

    private static void Say(RecordedEvent recorded)
    {
        var who = $"{recorded.Actor.Door,-7}  {recorded.Actor.Id}";
        Console.Out.WriteLine(Print.Plain(
            $"{recorded.Position,9}  {Print.Time(recorded.Time)}  {recorded.Type,-24}  {recorded.Stream,-46}  {who}"));
    }

    private static async Task KeepAsync(HttpResponseMessage answer, string part, CancellationToken cancel)
    {
        await using var file = File.Create(part);
        try
        {
            await answer.Content.CopyToAsync(file, cancel);
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException)
        {
            // The connection broke: that the end is missing is said by the file.
            return;
        }
    }

    // The end of an export is far shorter than this.
    private static async Task<string> LastLineAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        file.Position = Math.Max(0, file.Length - 1000);
        using var text = new StreamReader(file, Encoding.UTF8);
        return (await text.ReadToEndAsync(cancel)).TrimEnd('\r', '\n').Split('\n')[^1];
    }

    /// <summary>A file of events.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Size">Its size in bytes.</param>
    public sealed record ExportedFile(string Path, long Size);
}
