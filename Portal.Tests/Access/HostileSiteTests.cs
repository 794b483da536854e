using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Portal.Tests.Browser;
using static Portal.Tests.Access.HostileDescriptions;

namespace Portal.Tests.Access;

/// <summary>Hostile strings against the real site: cluster, shell, data server and registry. Each is refused by name, or arrives byte for byte;
/// none is executed.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class HostileSiteTests(HostileSite site) : IClassFixture<HostileSite>
{
    private const int Longest = 4096;
    private const int MostParameters = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_of_parameters_variables_and_names_reach_a_job_byte_for_byte()
    {
        var strings = HostileStrings.Make(2500, site.Canary, 20_27, site.Listener);
        var taken = strings.Where(text => HostileSite.IsText(text) && text.Length <= Longest).ToList();
        foreach (var text in strings.Where(text => text.Contains('\0', StringComparison.Ordinal) || text.Length > Longest).Take(10))
            HostileSite.Refused(await site.TryAsync(Values(1), new Dictionary<string, string> { ["p0"] = text }), text);
        string[] names =
        [
            $"$(touch {site.Canary}) `touch {site.Canary}`", "<img src=x onerror=window.hostile=1>", "'; drop table accounts.users; --",
            "${{ run.id }} {{7*7}} %j %s \\ \"x\" é 💩", $"--output={site.Canary}", "../../x", "*", "x, y | z > canary",
        ];
        var batches = taken.Chunk(MostParameters).Index().Select(batch => (First: batch.Item, Second: names[batch.Index % names.Length])).ToList();
        Assert.Equal(taken.Count, batches.Sum(batch => batch.First.Length));
        var runs = await Task.WhenAll(batches.Select(batch => site.SubmitAsync(Values(batch.First.Length),
            batch.First.Index().ToDictionary(pair => $"p{pair.Index}", pair => pair.Item), batch.Second)));
        foreach (var (run, (batch, name)) in runs.Zip(batches))
        {
            var (phase, failure, folder) = await site.EndAsync(run);
            Assert.True(phase == "Succeeded", $"{phase} {failure}");
            var arrived = Encoding.UTF8.GetString(await site.ReadAsync($"{folder}/env.bin")).Split('\0')
                .Where(pair => pair.Contains('=', StringComparison.Ordinal)).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=', 2)[1]);
            Assert.Equal(name, arrived["RUN_NAME"]);
            foreach (var (at, text) in batch.Index())
                foreach (var variable in (string[])[$"PARAM_P{at}", $"TOP_{at}", $"STEP_{at}"])
                    Assert.True(arrived[variable] == text,
                        $"{variable}: {JsonSerializer.Serialize(arrived[variable])} was {JsonSerializer.Serialize(text)}");
        }
        await site.NothingHappenedAsync();
    }

    [Fact]
    public async Task Names_of_files_stay_what_they_are_on_the_machine_and_the_data_server()
    {
        var all = HostileStrings.Make(150, site.Canary, 20_28, site.Listener).Where(HostileSite.IsText).Chunk(MostParameters / 2);
        var kept = await Task.WhenAll(all.Select(ThereAndBackAsync));
        Assert.True(kept.Sum() is > 60 and < 140, string.Join(' ', kept));
        await site.NothingHappenedAsync();
    }

    private async Task<int> ThereAndBackAsync(string[] names)
    {
        var place = $"hostile/{Guid.NewGuid():n}";
        var (made, kept) = await SubmitWithoutRefusedAsync(names, some => Files(some.Count, "outputs", $"""
            i=0
            while [ $i -lt {some.Count} ]; do
              eval "name=\$PARAM_F$i"
              mkdir -p -- "$(dirname -- "d$i/$name")" && printf '%s' "$name" > "d$i/$name"
              i=$((i + 1))
            done
            """, at => $"from: d{at}/${{{{ parameters.f{at} }}}}\n    to: endpoint://data/{place}/{at}/${{{{ parameters.u{at} }}}}"));
        Assert.Equal("Succeeded", (await site.EndAsync(made)).Phase);
        for (var at = 0; at < kept.Count; at++)
        {
            var root = $"{site.Site.Facts.FtpFolder}/{place}/{at}";
            var file = Assert.Single(Directory.GetFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
            Assert.Equal(Regular(kept[at]), Path.GetRelativePath(root, file));
            Assert.Equal(kept[at], await File.ReadAllTextAsync(file, Cancel));
        }
        // And back: what was an output's name is an input's.
        var fetched = await site.SubmitAsync(Files(kept.Count, "inputs", "tar -cf all.tar d*",
            at => $"from: endpoint://data/{place}/{at}/${{{{ parameters.u{at} }}}}\n    to: d{at}/${{{{ parameters.f{at} }}}}"), Named(kept));
        var (phase, failure, folder) = await site.EndAsync(fetched);
        Assert.True(phase == "Succeeded", $"{phase} {failure}");
        await using var tar = new TarReader(new MemoryStream(await site.ReadAsync($"{folder}/all.tar")));
        var files = new Dictionary<string, string>();
        while (await tar.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
            if (entry.DataStream is { } content)
                files[entry.Name] = await new StreamReader(content).ReadToEndAsync(Cancel);
        Assert.Equal(kept.Select((name, at) => ($"d{at}/{Regular(name)}", name)).Order(), files.Select(pair => (pair.Key, pair.Value)).Order());
        return kept.Count;
    }

    [Fact]
    public async Task What_the_scheduler_git_ssh_and_data_servers_are_told_is_refused_or_ends_by_name()
    {
        var strings = HostileStrings.Make(160, site.Canary, 20_29, site.Listener).Where(HostileSite.IsText).ToList();
        var taken = new List<string>();
        foreach (var text in strings.Where(text => text.Length is > 0 and <= Longest))
        {
            foreach (var key in (string[])["partition", "account", "qos", "array", "time", "memory"])
                if (!IsWord(text, "_.@:+-"))
                    HostileSite.Refused(await site.TryAsync(Asking(key), P(text)), $"{key} {text}");
            HostileSite.Refused(await MachineAsync(user: IsWord(text, "_.@-") ? $"{text} x" : text), $"user {text}");
            HostileSite.Refused(await MachineAsync(host: $"{text} x"), $"host {text}");
        }
        // What could be meant reaches sbatch, git and the data server.
        foreach (var key in (string[])["partition", "account", "qos"])
            taken.Add(await site.SubmitAsync(Asking(key), P("no.such@+:-one")));
        foreach (var text in strings.Where(text => text.Length is > 0 and < 200).Take(60))
            foreach (var code in (string[])[$"ref: \"${{{{ parameters.p }}}}\"", "folder: \"${{ parameters.p }}\""])
            {
                var answer = await site.TryAsync(One("resources: { time: 5m }", $"code: {{ url: \"{site.Site.Facts.GitUrl}\", {code} }}"), P(text));
                if (answer.Status != 201) HostileSite.Refused(answer, $"{code} {text}");
                else if (taken.Count < 12) taken.Add(answer.Body.GetProperty("id").GetString()!);
                else await site.Program.PostAsync($"runs/{answer.Body.GetProperty("id").GetString()}/cancel", null, Cancel, 202);
            }
        var signs = strings.Where(text => text.Contains("touch", StringComparison.Ordinal)).Take(8)
            .Concat(strings.Where(text => text.Contains(" = \"", StringComparison.Ordinal)).Take(4)).ToList();
        foreach (var (at, text) in signs.Index())
        {
            await EndpointAsync($"user-{at}", site.Site.Facts.FtpUrl, text, "x");
            await EndpointAsync($"word-{at}", site.Site.Facts.FtpUrl, site.Site.Facts.FtpUser, text);
            HostileSite.Refused(await EndpointAsync($"url-{at}", $"ftp://127.0.0.1:9{text}", "x", "x"), $"url {text}");
        }
        foreach (var name in Enumerable.Range(0, signs.Count).SelectMany(at => (string[])[$"user-{at}", $"word-{at}"]))
        {
            var input = $"inputs:\n  - {{ from: \"endpoint://{name}/heat-sweep/inputs/cases.csv\", to: x }}";
            var answer = await site.TryAsync(One("resources: { time: 5m }", input), P(""));
            if (answer.Status == 201) taken.Add(answer.Body.GetProperty("id").GetString()!);
            else HostileSite.Refused(answer, name);
        }
        foreach (var (phase, failure, _) in await Task.WhenAll(taken.Select(site.EndAsync)))
            Assert.True(phase is "Failed" or "Cancelled" && failure is { Length: > 0 } and not "Unknown", $"{phase} {failure}");
        await site.NothingHappenedAsync();
    }

    // As an address has it; each refused one is taken out, until the rest is taken.
    private async Task<(string Run, IReadOnlyList<string> Kept)> SubmitWithoutRefusedAsync(string[] names, Func<IReadOnlyList<string>, string> describe)
    {
        for (var kept = names.ToList(); ;)
        {
            var description = describe(kept);
            var answer = await site.TryAsync(description, Named(kept));
            if (answer.Status == 201) return (answer.Body.GetProperty("id").GetString()!, kept);
            HostileSite.Refused(answer, "names of files");
            var lines = description.Split('\n');
            var wrong = answer.Body.GetProperty("errors").EnumerateArray().Select(error => At(error, lines)).ToHashSet();
            kept = [.. kept.Where((_, at) => !wrong.Contains(at))];
        }
    }

    // Which name an error is about: by its field where it names the parameter, else by its line in the description.
    private static int At(JsonElement error, string[] lines)
    {
        var place = error.TryGetProperty("line", out var line) ? lines[line.GetInt32() - 1] : error.GetProperty("field").GetString()!;
        Assert.True(place.Contains("parameters.", StringComparison.Ordinal), $"{error} {place}");
        return int.Parse(string.Concat(place[(place.LastIndexOf("parameters.", StringComparison.Ordinal) + 12)..].TakeWhile(char.IsAsciiDigit)),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Named(IReadOnlyList<string> names) => names.SelectMany((name, at) => new[]
    {
        KeyValuePair.Create($"f{at}", name),
        KeyValuePair.Create($"u{at}", name.Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)
            .Replace("?", "%3F", StringComparison.Ordinal)),
    }).ToDictionary();

    private static string Regular(string path) => string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    private Task<(int Status, JsonElement Body)> EndpointAsync(string name, string url, string userName, string password) =>
        SendAsync("endpoints", new { name, url, userName, password });

    private Task<(int Status, JsonElement Body)> MachineAsync(string host = "127.0.0.1", string user = "u") =>
        SendAsync("machines", new { name = "trap", host, port = 9, user, workFolder = "/w" });

    private async Task<(int Status, JsonElement Body)> SendAsync(string route, object body)
    {
        using var content = System.Net.Http.Json.JsonContent.Create(body);
        using var answer = await site.Program.Http.PostAsync(new Uri(route, UriKind.Relative), content, Cancel);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)));
    }
}
