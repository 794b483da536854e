using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Logs;

/// <summary>Takes what is new in logs on a machine into the portal's own store: one command for all of them.</summary>
public sealed class LogReader(LogStore store)
{
    private const int PieceWhileRunning = 128 << 10;
    private const int MostInOneGo = 8 << 20;

    /// <summary>Where a log lies on the machine.</summary>
    public static string PathOf(string runFolder, string key, LogName name) => name.Stream == "stdout"
        ? JobFiles.StandardOutput(runFolder, key, name.Task)
        : JobFiles.StandardError(runFolder, key, name.Task);

    /// <summary>Takes what is new.</summary>
    /// <param name="site">The machine.</param>
    /// <param name="logs">The logs and their paths there.</param>
    /// <param name="complete">Whether nothing will be added any more: then all is taken, of a very long log its end.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task TakeAsync(ISite site, IReadOnlyList<(LogName Name, string Path)> logs, bool complete, CancellationToken cancel)
    {
        if (logs.Count == 0) return;
        var sizes = await store.SizesAsync([.. logs.Select(log => log.Name)], cancel);
        var most = complete ? Math.Min(store.Limit, MostInOneGo / logs.Count) : PieceWhileRunning;
        var command = new StringBuilder("portal_log() { s=$(stat -c %s -- \"$1\" 2>/dev/null) || { echo '- - '; return; }; o=$2; ")
            .Append("if [ \"$4\" = end ] && [ $((s - o)) -gt \"$3\" ]; then o=$((s - $3)); fi; ")
            .Append("printf '%s %s ' \"$s\" \"$o\"; tail -c +$((o + 1)) -- \"$1\" | head -c \"$3\" | base64 -w0; echo; }\n");
        for (var index = 0; index < logs.Count; index++)
            command.Append("portal_log ").Append(Shell.QuoteAll(logs[index].Path, $"{sizes[index]}", $"{most}", complete ? "end" : "more")).Append('\n');
        var answer = await site.RunAsync(command.ToString(), TimeSpan.FromSeconds(30), cancel);
        var lines = answer.Output.Split('\n');
        for (var index = 0; index < logs.Count && index < lines.Length; index++)
        {
            if (lines[index].Split(' ') is [var size, var offset, var body] && long.TryParse(size, out _) && long.TryParse(offset, out var at))
                await store.AddAsync(logs[index].Name, at, Convert.FromBase64String(body), complete, cancel);
            else if (complete)
                await store.AddAsync(logs[index].Name, sizes[index], [], complete: true, cancel);
        }
    }
}
