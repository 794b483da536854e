using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;

namespace Portal.Benchmarks;

/// <summary>A run of two steps, with an input, code and an output, as a worker writes it down.</summary>
/// <param name="Id">The run.</param>
/// <param name="Events">What happened, to its end.</param>
public sealed record RecordedRun(Id<Run> Id, IReadOnlyList<object> Events)
{
    private static readonly RunPlan Plan = PlanOf();

    /// <summary>One more.</summary>
    /// <param name="fails">Whether its second step fails.</param>
    public static RecordedRun Make(bool fails)
    {
        var id = new Id<Run>(Guid.CreateVersion7());
        var (lease, credential, began) = (new Id<Domain.Credentials.Lease>(Guid.NewGuid()), new Id<Domain.Credentials.Credential>(Guid.NewGuid()),
            DateTimeOffset.UtcNow);
        object end = fails ? new RunFailed(id, new(FailureName.OutOfMemory, "More memory than there is.", "exit code 137", "Ask for more."))
            : new RunSucceeded(id);
        return new(id,
        [
            new RunSubmitted(id, new(Guid.Empty), new(Guid.Empty), "cluster", credential, new(Guid.Empty), "Two steps", "two", null, null,
                Text, new Dictionary<string, string>(), Plan, $"/work/runs/{id}"),
            new LeaseGranted(id, lease, credential, new(Guid.Empty), began.AddDays(2)),
            new PhaseEntered(id, Phase.FetchingInputs),
            .. Moved("input-0", 12),
            new PhaseEntered(id, Phase.FetchingCode),
            new CodeResolved(id, "https://git.example.org/r.git", "main", new string('c', 40)),
            new CodeFetched(id, new string('c', 40), null, new string('d', 40), 12, 40_000, new string('e', 64)),
            new PhaseEntered(id, Phase.StagingIn),
            new CodeStaged(id, new string('c', 40), new string('d', 40)),
            .. Step("a", true), .. Step("b", !fails),
            new PhaseEntered(id, Phase.Collecting),
            new OutputsFound(id, [new("out.csv", 4_000_000)]),
            new PhaseEntered(id, Phase.Uploading),
            .. Moved("output-0", 6),
            end, new LeaseEnded(id, lease, "done"),
        ]);

        IEnumerable<object> Moved(string transfer, int seconds) =>
        [
            new TransferStarted(id, transfer, "ftp://data.example.org/in.csv", $"/work/runs/{id}/in.csv", 1),
            .. Enumerable.Range(1, seconds).Select(second => new TransferProgressed(id, transfer, second * 1_000_000L, seconds * 1_000_000L)),
            new TransferCompleted(id, transfer, seconds * 1_000_000L, new string('a', 64), false),
        ];

        IEnumerable<object> Step(string step, bool good) =>
        [
            new StepSubmitting(id, step, 1, $"{id}-{step}-1"),
            new PhaseEntered(id, Phase.Queued),
            new JobSubmitted(id, step, $"{id}-{step}-1", "4711", null),
            new JobObserved(id, step, "pending", "PENDING", "Priority", new(1, 0, 0, 0, 0), null),
            new PhaseEntered(id, Phase.Running),
            .. Enumerable.Range(0, 4).Select(_ => new JobObserved(id, step, "running", "RUNNING", null, new(0, 1, 0, 0, 0), began)),
            new StepEnded(id, step, 1, good ? "succeeded" : "failed", good ? 0 : 137, new(0, 0, good ? 1 : 0, good ? 0 : 1, 0), began,
                began.AddMinutes(20), good ? null : new(FailureName.OutOfMemory, "More memory than there is."), null, 1200),
        ];
    }

    private const string Text = """
        portal: 1
        name: two
        title: Two steps
        inputs: [{ from: ftp://data.example.org/in.csv, to: in.csv }]
        code: { url: "https://git.example.org/r.git", to: code }
        steps:
          - { id: a, command: "sh code/solve.sh in.csv results" }
          - { id: b, command: "sh code/reduce.sh results" }
        outputs: [{ from: out.csv, to: ftp://data.example.org/out.csv }]
        """;

    private static RunPlan PlanOf()
    {
        var description = WorkflowParser.Parse(Text).Value!;
        var values = ParameterValues.Bind(description.Parameters, new Dictionary<string, string>()).Value!;
        return PlanResolver.Resolve(description, values, Guid.Empty.ToString("n"), "Two steps").Value!;
    }
}
