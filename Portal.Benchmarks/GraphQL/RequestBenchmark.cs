using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Benchmarks.Ground;
using Portal.Benchmarks.GraphQL.Serving;
using Portal.GraphQL.Types;

namespace Portal.Benchmarks.GraphQL;

/// <summary>Requests a second beside graphql-yoga and mercurius with the same schema, data and answers. Each server is a process
/// of its own; only one of them is asked at a time, in turns.</summary>
public static class RequestBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), Length = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    /// <summary>A figure for each question, number of connections and other server.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var node = DemoSite.Repository("Portal.Benchmarks", "GraphQL", "node");
        // npm writes this file when it is done.
        var installed = Path.Combine(node, "node_modules", ".package-lock.json");
        if (File.GetLastWriteTime(installed) < File.GetLastWriteTime(Path.Combine(node, "package-lock.json")))
            await DemoSite.ToolAsync("npm", ["ci", "--prefix", node, "--ignore-scripts", "--no-audit", "--no-fund"], "", cancel);
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "schema.graphql"), SchemaPrinter.Print(ServedSchema.Create()), cancel);
            await File.WriteAllBytesAsync(
                Path.Combine(folder, "data.json"), JsonSerializer.SerializeToUtf8Bytes(ServedData.Create(), Json), cancel);
            await using var ours = await ChildProcess.StartOursAsync(GraphQLServer.Command, cancel, isInline: true);
            await using var yoga = await ChildProcess.StartNodeAsync(Path.Combine(node, "yoga.js"), folder, cancel);
            await using var mercurius = await ChildProcess.StartNodeAsync(Path.Combine(node, "mercurius.js"), folder, cancel);
            (string, ChildProcess)[] others = [("yoga", yoga), ("mercurius", mercurius)];
            return [.. Question.All.SelectMany(question => Compare(question, ours, others, cancel))];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static List<Measure> Compare(
        Question question, ChildProcess ours, (string Name, ChildProcess Server)[] others, CancellationToken cancel)
    {
        HttpLoad[] loads = [.. others.Select(other => other.Server).Prepend(ours)
            .Select(server => new HttpLoad(new(server.Greeting), question.Body()))];
        byte[][] answers = [.. loads.Select(load => load.Ask())];
        for (var i = 1; i < answers.Length; i++)
            if (!Answers.AreEqual(answers[0], answers[i]))
                throw new InvalidOperationException($"{question.Name}: {others[i - 1].Name} answers something else.");
        for (var i = 0; i < loads.Length; i++) loads[i].Rate(16, WarmUp, answers[i].Length);
        var measures = new List<Measure>();
        foreach (var connections in new[] { 1, 16, 64 })
        {
            List<double>[] rates = [.. loads.Select(_ => new List<double>())];
            for (var round = 0; round < Rounds; round++)
                for (var i = 0; i < loads.Length; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    rates[i].Add(loads[i].Rate(connections, Length, answers[i].Length));
                }
            measures.AddRange(others.Select((other, i) => Measure.More(
                $"graphql, {question.Name}, {connections}, {other.Name}",
                Statistics.Median(rates[0]), Statistics.Median(rates[i + 1]), "requests/s")));
        }
        return measures;
    }
}
