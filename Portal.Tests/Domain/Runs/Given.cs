using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Runs;

/// <summary>A run of two steps with one input, code and one output, and what may happen to it.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    public static readonly Id<Run> Id = new(Guid.Parse("0198f000-0000-7000-8000-000000000001"));
    public static readonly Id<User> User = new(Guid.Parse("0198f000-0000-7000-8000-000000000002"));
    public static readonly Id<Lease> Lease = new(Guid.Parse("0198f000-0000-7000-8000-000000000003"));
    public static readonly Id<Credential> Credential = new(Guid.Parse("0198f000-0000-7000-8000-000000000004"));
    public static readonly Failure Trouble = new(FailureName.Unreachable, "Away.");

    public static RunSubmitted Submitted { get; } = Request();

    public static LeaseGranted Granted { get; } = new(Id, Lease, Credential, User, Start.AddDays(1));

    public static object[] Fetched { get; } =
        [Submitted, Granted, new TransferStarted(Id, "input-0", "a", "b", 1), new TransferCompleted(Id, "input-0", 3, "00", false)];

    public static object[] Staged { get; } =
        [.. Fetched, new CodeResolved(Id, "u", "main", "c0"), new CodeFetched(Id, "c0", null, "t0", 1, 1), new CodeStaged(Id, "c0", "t0")];

    public static object[] Submitting { get; } = [.. Staged, new StepSubmitting(Id, "a", 1, "k")];

    public static object[] Queued { get; } = [.. Submitting, new JobSubmitted(Id, "a", "k", "7", null)];

    public static object[] Done { get; } = [.. Queued, Ended("a", "succeeded"), new StepSubmitting(Id, "b", 1, "l"),
        new JobSubmitted(Id, "b", "l", "8", null), Ended("b", "succeeded")];

    public static StepEnded Ended(string step, string outcome, FailureName? failure = null, int attempt = 1) => new(
        Id, step, attempt, outcome, 0, new(0, 0, 1, 0, 0), null, null, failure is { } name ? new(name, "It broke.") : null, null);

    /// <summary>The run after these facts, a second apart.</summary>
    public static Run Run(params IEnumerable<object> facts) =>
        facts.Select((fact, second) => (fact, second)).Aggregate(Portal.Domain.Runs.Run.Empty, (run, next) => run.After(next.fact, Start.AddSeconds(next.second)));

    private static RunSubmitted Request()
    {
        var description = WorkflowParser.Parse("""
            portal: 1
            name: two
            title: Two steps
            inputs: [{ from: ftp://data.example.org/in.csv, to: in.csv }]
            code: { url: "https://git.example.org/r.git", to: code }
            steps:
              - { id: a, command: "true" }
              - { id: b, command: "true" }
            outputs: [{ from: out.csv, to: ftp://data.example.org/out.csv }, { from: log.txt, to: ftp://data.example.org/log.txt, optional: true }]
            """);
        var values = new Dictionary<string, string>();
        var plan = PlanResolver.Resolve(description.Value!, ParameterValues.Bind(description.Value!.Parameters, values).Value!, Id.ToString(), "Two steps");
        return new(Id, new(Guid.Empty), new(Guid.Empty), "m", Credential, User, "Two steps", "two", null, null, "", values, plan.Value!, "/work/runs/1");
    }
}
