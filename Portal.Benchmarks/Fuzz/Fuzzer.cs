using System.Diagnostics;
using System.Text.Json;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;

namespace Portal.Benchmarks.Fuzz;

/// <summary>Asks an engine documents in portions. A portion depends on the seed and its number alone.</summary>
public sealed class Fuzzer(int seed)
{
    /// <summary>Documents of a portion.</summary>
    public const int Portion = 1000;

    private const int SmallStack = 512 * 1024, MostTold = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Schema Schema = FuzzedSchema.Create();

    // The portal's engine checks documents first. One that does not has to live with whatever can be read.
    private readonly RequestExecutor checking = new(Schema, new()
    {
        CachedDocuments = 100,
        Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document).Select(error =>
            new GraphQLError(error.Message) { Locations = error.Locations }.WithCode(ErrorCodes.Invalid))],
    });
    private readonly RequestExecutor trusting = new(Schema, new() { CachedDocuments = 0 });
    private readonly Lock gate = new();

    /// <summary>Documents that made something throw, or that were answered with what is no answer.</summary>
    public int Failures { get; private set; }

    /// <summary>How long the slowest document took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Documents that were run, not refused.</summary>
    public int Answered { get; private set; }

    /// <summary>Asks the portions after one and up to another: a thread with a small stack for each processor.</summary>
    /// <exception cref="TimeoutException">A document takes longer than 10 s; the message has it.</exception>
    public async Task RunAsync(int from, int to, CancellationToken cancel)
    {
        var next = from;
        Asked?[] current = new Asked?[Environment.ProcessorCount];
        var done = new CountdownEvent(current.Length);
        for (var worker = 0; worker < current.Length; worker++)
        {
            var place = worker;
            new Thread(() =>
            {
                while (!cancel.IsCancellationRequested && Interlocked.Increment(ref next) is var portion && portion <= to)
                    Run(portion, asked => Volatile.Write(ref current[place], asked));
                done.Signal();
            }, SmallStack) { IsBackground = true }.Start();
        }
        while (!done.IsSet)
        {
            await Task.Delay(200, CancellationToken.None);
            if (current.FirstOrDefault(asked => asked?.Took > Patience) is { } stuck)
                throw new TimeoutException(
                    $"A document took longer than {Patience.TotalSeconds} s: {JsonSerializer.Serialize(stuck.Text)}");
        }
        cancel.ThrowIfCancellationRequested();
    }

    private void Run(int portion, Action<Asked?> tell)
    {
        var random = new Random(unchecked((seed * 1_000_003) + portion));
        var documents = new FuzzedDocuments(Schema, random);
        for (var i = 0; i < Portion; i++)
        {
            var asked = new Asked(documents.Next(), Stopwatch.GetTimestamp());
            tell(asked);
            try
            {
                Ask(checking, asked.Text, documents, random);
                if (i % 4 == 0) Ask(trusting, asked.Text, documents, random);
            }
            catch (Exception fault)
            {
                Fail(asked.Text, fault);
            }
            tell(null);
            var took = asked.Took;
            lock (gate) Slowest = took > Slowest ? took : Slowest;
        }
    }

    private void Ask(RequestExecutor executor, string text, FuzzedDocuments documents, Random random)
    {
        using var result = executor.ExecuteAsync(new() { Query = text, Variables = documents.Variables(), Caller = random })
            .AsTask().GetAwaiter().GetResult();
        if (result.Events is null) Check(result);
        else FollowAsync(result.Events).GetAwaiter().GetResult();
    }

    private async Task FollowAsync(IAsyncEnumerable<ExecutionResult> events)
    {
        await foreach (var one in events)
            using (one)
                Check(one);
    }

    // Whatever is asked, the answer is an object of JSON with data or errors in it.
    private void Check(ExecutionResult result)
    {
        using var json = JsonDocument.Parse(result.Payload, new() { MaxDepth = 1000 });
        if (!json.RootElement.TryGetProperty("data", out _) && json.RootElement.GetProperty("errors").GetArrayLength() == 0)
            throw new InvalidDataException(json.RootElement.GetRawText());
        if (result.Kind == ResultKind.Answer)
            lock (gate) Answered++;
    }

    private void Fail(string text, Exception fault)
    {
        lock (gate)
        {
            if (++Failures <= MostTold) Console.Error.WriteLine($"{JsonSerializer.Serialize(text)}\n{fault}");
        }
    }

    private sealed record Asked(string Text, long Begun)
    {
        public TimeSpan Took => Stopwatch.GetElapsedTime(Begun);
    }
}
