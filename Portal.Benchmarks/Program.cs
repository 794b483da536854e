using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Portal.Benchmarks;
using Portal.Benchmarks.Access;
using Portal.Benchmarks.Audit;
using Portal.Benchmarks.Fuzz;
using Portal.Benchmarks.GraphQL;
using Portal.Benchmarks.GraphQL.Following;
using Portal.Benchmarks.GraphQL.Serving;

// What runs beside a benchmark, as a process of its own.
if (args is [GraphQLServer.Command or FollowerProcess.Command])
{
    await (args is [GraphQLServer.Command] ? GraphQLServer.RunAsync() : FollowerProcess.RunAsync());
    return 0;
}

// What fuzzing may be told.
Dictionary<string, int> numbers = new() { ["--count"] = 1_000_000, ["--seed"] = 20_251 };

// Each benchmark by its name. It is made when it is asked for.
Dictionary<string, Func<CancellationToken, Task<IReadOnlyList<Measure>>>> benchmarks = new()
{
    ["append"] = AppendBenchmark.RunAsync,
    ["stage"] = StageBenchmark.RunAsync,
    ["submit"] = SubmitBenchmark.RunAsync,
    ["watch"] = WatchBenchmark.RunAsync,
    ["access"] = AccessBenchmark.RunAsync,
    ["audit"] = async cancel =>
        [.. await AuditBenchmark.RunAsync(cancel), .. await ReplayBenchmark.RunAsync(cancel), .. await ExplorerBenchmark.RunAsync(cancel)],
    ["event"] = EventBenchmark.RunAsync,
    ["graphql"] = async cancel => [.. await RequestBenchmark.RunAsync(cancel), .. await FollowBenchmark.RunAsync(cancel)],
    ["fuzz"] = cancel => FuzzBenchmark.RunAsync(numbers["--count"], numbers["--seed"], cancel),
};

var (json, names) = (false, new List<string>());
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--json") json = true;
    else if (numbers.ContainsKey(args[i]) && int.TryParse(args.ElementAtOrDefault(i + 1), out var number))
        numbers[args[i++]] = number;
    else names.Add(args[i]);
}
if (names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}
using var stop = new CancellationTokenSource();
// What was begun is ended in order: sites and portals leave nothing behind.
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    await MeasureAsync();
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

async Task MeasureAsync()
{
    foreach (var name in names.Count > 0 ? names : [.. benchmarks.Keys])
        foreach (var measure in await benchmarks[name](stop.Token))
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new
                {
                    measure = measure.Name,
                    ours = measure.Ours,
                    limit = measure.Limit,
                    ratio = measure.Ratio,
                    unit = measure.Unit,
                })
                : string.Create(CultureInfo.InvariantCulture,
                    $"{measure.Name,-28} {measure.Ours,12:0.#} {measure.Limit,12:0.#} {measure.Ratio,8:0.00} {measure.Unit}"));
}
