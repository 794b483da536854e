using System.Text.Json.Nodes;
using Portal.EventStore;

namespace Portal.Tests.Audit;

/// <summary>An unpacked crate, and somebody who changes it.</summary>
internal sealed class OpenCrate(string folder)
{
    private const int Line = 4;

    private string Events => Path.Combine(folder, "events.jsonl");

    private string Proof => Path.Combine(folder, "proof.json");

    /// <summary>Does something to it.</summary>
    public void Do(string deed)
    {
        switch (deed)
        {
            case "edit": Lines(lines => lines[Line] = lines[Line].Replace("c0ffee", "c0ffed", StringComparison.Ordinal)); break;
            case "remove from the list alone": Lines(lines => lines.RemoveAt(Line)); break;
            case "remove": Lines(lines => lines.RemoveAt(Line)); Proven(events => events.RemoveAt(Line)); break;
            case "insert":
                Lines(lines => lines.Insert(Line + 1, lines[Line].Replace("\"position\":", "\"position\":9", StringComparison.Ordinal)));
                break;
            case "reorder": Lines(lines => (lines[Line], lines[Line + 1]) = (lines[Line + 1], lines[Line])); break;
            case "cut": Lines(lines => lines.RemoveRange(Line, lines.Count - Line)); Record(record => record.Clear()); break;
            case "cut all alike": Lines(lines => lines.RemoveAt(lines.Count - 1)); Proven(events => events.RemoveAt(events.Count - 2)); break;
            case "not sealed": Proven(events => events[Line] = Bare(events[Line]!)); break;
            case "hash anew": Anew(); break;
            case "signature": Change("seals", seals => seals[0]!["signature"] = seals[0]!["signature"]!.GetValue<string>()[..^8] + "AAAAAAA="); break;
            case "seal": Change("seals", seals => seals.Clear()); break;
            case "no export": Record(record => record.Clear()); Proven(events => events.RemoveAt(events.Count - 1)); break;
            case "metadata": File.AppendAllText(Path.Combine(folder, "ro-crate-metadata.json"), " "); break;
            case "manifest": File.AppendAllText(Path.Combine(folder, "manifest-sha256.txt"), "\n"); break;
            case "lose": File.Delete(Path.Combine(folder, "prov.json")); break;
            case "add": File.WriteAllText(Path.Combine(folder, "extra.txt"), ""); break;
            case "nonsense": Lines(lines => lines[Line] = "{}"); break;
            case "no proof": File.WriteAllText(Proof, "{\"form\":\"portal-proof 1\",\"events\":[null]}"); break;
            default: throw new ArgumentOutOfRangeException(nameof(deed));
        }
    }

    // Another content, with hashes that follow from it to the end of the stream: what a superuser can compute.
    private void Anew() => Lines(lines =>
    {
        var hashes = new List<string>();
        var before = EventHash.Start.ToArray();
        for (var at = 0; at < lines.Count; at++)
        {
            var line = EventLine.Parse(at == Line ? lines[at].Replace("c0ffee", "c0ffed", StringComparison.Ordinal) : lines[at]);
            before = line.Follows(before);
            lines[at] = (line with { Hash = Convert.ToHexStringLower(before) }).ToString();
            hashes.Add(Convert.ToHexStringLower(before));
        }
        Proven(events => { foreach (var (at, hash) in hashes.Index()) events[at]!["hash"] = hash; });
    });

    private static JsonObject Bare(JsonNode place) => new() { ["position"] = place["position"]!.DeepClone(), ["hash"] = place["hash"]!.DeepClone() };

    private void Lines(Action<List<string>> change)
    {
        var lines = File.ReadAllLines(Events).ToList();
        change(lines);
        File.WriteAllLines(Events, lines);
    }

    private void Proven(Action<JsonArray> change) => Change("events", change);

    private void Record(Action<JsonArray> change) => Change("record", change);

    private void Change(string part, Action<JsonArray> change)
    {
        var proof = JsonNode.Parse(File.ReadAllText(Proof))!;
        change(proof[part]!.AsArray());
        File.WriteAllText(Proof, proof.ToJsonString());
    }
}
