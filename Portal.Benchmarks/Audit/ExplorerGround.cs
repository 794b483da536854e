using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Benchmarks.Audit;

/// <summary>A million events of twenty thousand runs: of five hundred people in two hundred projects, on a hundred machines.</summary>
internal static class ExplorerGround
{
    public const int Runs = 20_000, EventsOfEach = 50, Writers = 16;
    private const int People = 500, Projects = 200, Machines = 100, Credentials = 600;

    public static Id<T> IdOf<T>(int number) => new(new Guid(number, (short)typeof(T).Name.Length, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]));

    public static Id<Project> ProjectOf(int run) => IdOf<Project>(run % Projects);

    public static Id<Machine> MachineOf(int run) => IdOf<Machine>(run % Machines);

    public static Id<Credential> CredentialOf(int run) => IdOf<Credential>(run % Credentials);

    public static Id<User> PersonOf(int run) => IdOf<User>(run % People);

    public static Guid RequestOf(int run) => new(run, 9, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 2]);

    public static Task FillAsync(IEventStore store, CancellationToken cancel) =>
        Parallel.ForAsync(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancel },
            async (run, token) =>
            {
                var (stream, facts) = (Ledger.StreamOf<Run>(IdOf<Run>(run).Value), FactsOf(run).ToList());
                NewEvent asked = new(Guid.CreateVersion7(), facts[0]);
                var door = run % 10 == 0 ? "rest" : "page";
                EventMetadata person = new(PersonOf(run).ToString(), "user", door, RequestOf(run), null, "192.0.2.10");
                await store.AppendAsync([new(stream, 0, [asked], person)], token);
                await store.AppendAsync([new(stream, 1, [.. facts.Skip(1).Select(fact => new NewEvent(Guid.CreateVersion7(), fact))],
                    new("portal", "system", "worker", RequestOf(run), asked.Id))], token);
            });

    private static IEnumerable<object> FactsOf(int run)
    {
        var id = IdOf<Run>(run);
        var code = $"{run * 7919:x8}{run:x8}{run * 31:x8}{run:x8}{run:x8}";
        yield return new RunSubmitted(id, ProjectOf(run), MachineOf(run), $"cluster-{run % Machines}", CredentialOf(run), PersonOf(run),
            $"Tides {run}", run % 3 == 0 ? "tides" : "heat-sweep", null, null, "portal: 1",
            new Dictionary<string, string> { ["grid"] = $"{run % 17}" },
            new([], null, [], []), $"/scratch/runs/{id}");
        yield return new LeaseGranted(id, IdOf<Lease>(run), CredentialOf(run), PersonOf(run), DateTimeOffset.UnixEpoch);
        yield return new PhaseEntered(id, Phase.StagingIn);
        for (var number = 0; number < (EventsOfEach - 8) / 3; number++)
        {
            yield return new TransferStarted(id, $"input-{number}", $"ftp://data.example.org/{run}/{number}.nc", $"in/{number}.nc", 1);
            yield return new TransferProgressed(id, $"input-{number}", 1 << 20, 1 << 21);
            yield return new TransferCompleted(id, $"input-{number}", 1 << 21, $"{code}{number:x24}", false);
        }
        yield return new StepSubmitting(id, "solve", 1, $"{id}-solve-1");
        yield return new JobSubmitted(id, "solve", $"{id}-solve-1", $"{run}", null);
        yield return new JobObserved(id, "solve", "running", "RUNNING", null, new(0, 1, 0, 0, 0), DateTimeOffset.UnixEpoch);
        var trouble = run % 50 == 0 ? new Failure(FailureName.OutOfMemory, "The job used more memory than it had asked for.") : null;
        yield return new StepEnded(id, "solve", 1, trouble is null ? "succeeded" : "failed", 0,
            new(0, 0, 1, 0, 0), null, null, trouble, null);
        yield return trouble is null ? new RunSucceeded(id) : new RunFailed(id, trouble);
    }
}
