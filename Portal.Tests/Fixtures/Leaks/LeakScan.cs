using System.Text;
using Npgsql;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>Where one portal leaves something behind.</summary>
/// <param name="Database">Its connection string; empty where the portal has one of its own in its data folder.</param>
/// <param name="DataFolder">Its data folder.</param>
/// <param name="Recordings">Folders of its <see cref="Recording"/>s, one for each time that it was started.</param>
/// <param name="Output">What it wrote on its output.</param>
public sealed record Places(string Database, string DataFolder, IReadOnlyList<string> Recordings, string Output = "");

/// <summary>Looks for secrets where portals were.</summary>
public static class LeakScan
{
    /// <summary>Fails where any secret of any test is in what an ended portal left behind, and removes its recordings.</summary>
    public static async Task NoneAsync(Places places)
    {
        try
        {
            var found = await FindAsync(places, Secrets.Known);
            Assert.True(found.Count == 0, string.Join('\n', found));
        }
        finally
        {
            foreach (var folder in places.Recordings) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Which secrets are where: the dump of the database with the queue in it, the log, the traces, requests and answers,
    /// files of the data folder and of folders in memory.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(Places places, Secrets secrets)
    {
        var found = new List<string>();
        var exchanges = places.Recordings.SelectMany(Recording.Exchanges).ToList();
        found.AddRange(InExchanges(exchanges, secrets));
        if (places.Database.Length > 0) Look("the dump of the database", Encoding.UTF8.GetBytes(await DumpAsync(places.Database)));
        Look("the output", Encoding.UTF8.GetBytes(places.Output));
        var words = Recorder.Traces;
        if (Look("the traces", Encoding.UTF8.GetBytes(string.Join('\n', words))))
            foreach (var word in words.Where(word => secrets.Search(Encoding.UTF8.GetBytes(word)).Any() || Exchange.Made().IsMatch(word)))
                Recorder.Forget(word);
        foreach (var folder in places.Recordings)
            foreach (var name in (string[])["log", "traces"])
                if (File.Exists(Path.Combine(folder, name))) Look($"the {name}", await File.ReadAllBytesAsync(Path.Combine(folder, name)));
        foreach (var file in Files(places.DataFolder)) Look(file, await ReadAsync(file));
        foreach (var file in MemoryFolders().SelectMany(Files))
        {
            // A key that is being made lies there for a moment.
            if (!secrets.Search(await ReadAsync(file)).Any()) continue;
            await Task.Delay(TimeSpan.FromSeconds(2));
            Look(file, await ReadAsync(file));
        }
        return found;

        bool Look(string place, byte[] bytes)
        {
            var before = found.Count;
            foreach (var sighting in secrets.Search(bytes).DistinctBy(one => (one.Secret.Name, one.Form)))
                found.Add($"{sighting.Secret.Name} ({sighting.Form}) is in {place}, behind "
                    + Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, sighting.At - 150)..sighting.At)));
            var text = Encoding.Latin1.GetString(bytes);
            foreach (var match in Exchange.Made().EnumerateMatches(text))
                found.Add($"what the portal made is in {place}, behind {text[Math.Max(0, match.Index - 150)..match.Index]}");
            return found.Count > before;
        }
    }

    /// <summary>Which secrets stand where they should not in what passed between a portal and its users. What passed by itself is a secret
    /// of theirs too.</summary>
    public static IReadOnlyList<string> InExchanges(IReadOnlyList<Exchange> exchanges, Secrets secrets)
    {
        foreach (var exchange in exchanges) exchange.Note(secrets);
        var shown = new Dictionary<string, Exchange>();
        return [.. exchanges.SelectMany(exchange => exchange.Search(secrets, shown)).Distinct()];
    }

    /// <summary>What pg_dump makes of a database.</summary>
    public static async Task<string> DumpAsync(string database)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        return (await SiteCommand.RunAsync("/usr/lib/postgresql/15/bin/pg_dump",
            ["--host", to.Host!, "--username", to.Username!, "--dbname", to.Database!])).Text;
    }

    // The folders of all portals of this account, those of tests beside this one among them.
    private static IEnumerable<string> MemoryFolders() =>
        new[] { "/dev/shm", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/dev/shm" }
            .Distinct().Where(Directory.Exists).SelectMany(below => Directory.EnumerateDirectories(below, "portal-*"));

    private static IReadOnlyList<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        : [];

    private static async Task<byte[]> ReadAsync(string file)
    {
        try
        {
            // The length of a socket and of a pipe is none.
            return new FileInfo(file).Length > 0 ? await File.ReadAllBytesAsync(file) : [];
        }
        catch (IOException)
        {
            return []; // Gone.
        }
    }
}
