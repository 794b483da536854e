using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Browser;

/// <summary>A machine, a key and two runs in a personal project, written by another node that shares the database.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Credential">The key.</param>
/// <param name="Failed">The run that failed.</param>
internal sealed record ReplayPast(Id<Machine> Machine, Id<Credential> Credential, Id<Run> Failed)
{
    /// <summary>How many events the failed run has.</summary>
    public const int FailedEvents = 17;

    private static readonly string Hash = new('a', 64);

    public static async Task<ReplayPast> WriteAsync(string database, Id<Project> project, CancellationToken cancel)
    {
        await using var node = await NodeAsync(database, cancel);
        var (chance, owner) = (new Chance(), new Id<User>(project.Value));
        var (machine, key) = (new Id<Machine>(chance.NewGuid()), new Id<Credential>(chance.NewGuid()));
        var (failed, other) = (new Id<Run>(chance.NewGuid()), new Id<Run>(chance.NewGuid()));
        await HappenAsync<Machine>(machine.Value, new MachineRegistered(machine, project, owner,
            new("aurora", "login.example.org", 22, "ada", "/work", null, null, "slurm", ["module load python"], [])));
        await HappenAsync<Machine>(machine.Value, new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:one", "AAAA")]));
        await HappenAsync<Credential>(key.Value, new CredentialCreated(key, project, machine, owner, "ssh-ed25519 AAAA portal",
            "SHA256:key"));
        await HappenAsync<Credential>(key.Value, new CredentialTested(key, true));
        var broke = new Failure(FailureName.OutOfMemory, "The job ran out of memory.", "slurmstepd: oom_kill",
            "Ask for more memory.");
        object[] begun = [new CodeResolved(failed, "u", "main", Hash[..40]), new CodeFetched(failed, Hash[..40], null,
            Hash[..40], 3, 300, Hash),
            new CodeStaged(failed, Hash[..40], Hash[..40])];
        await RunAsync(failed, "Tides", 64, [.. begun, new PhaseEntered(failed, Phase.Queued), Use(failed, KeyUse.Submit, "a"),
            new StepSubmitting(failed, "a", 1, "key-1"), new JobSubmitted(failed, "a", "key-1", "41", null),
            new StepEnded(failed, "a", 1, "failed", 137, new(0, 0, 0, 1, 0), null, null, broke, null),
            new RunFailed(failed, broke)]);
        await RunAsync(other, "Tides again", 32, [.. begun, new RunSucceeded(other)]);
        return new(machine, key, failed);

        CredentialUsed Use(Id<Run> run, KeyUse use, string? step = null) => new(run, key, new(run.Value), use, step);

        async Task RunAsync(Id<Run> run, string name, int grid, object[] then)
        {
            object[] facts =
            [
                Given.Submitted with
                {
                    RunId = run, ProjectId = project, SubmittedBy = owner, MachineId = machine, MachineName = "aurora",
                        CredentialId = key,
                    Name = name, Parameters = new Dictionary<string, string> { ["grid"] = $"{grid}" },
                },
                new LeaseGranted(run, new(run.Value), key, owner, chance.Now.AddDays(3)),
                new PhaseEntered(run, Phase.FetchingInputs), Use(run, KeyUse.Stage),
                new TransferStarted(run, "input-0", "ftp://data.example.org/in.csv", "in.csv", 1),
                new TransferProgressed(run, "input-0", 1_000_000 * grid, 2_000_000 * grid),
                new TransferCompleted(run, "input-0", 2_000_000 * grid, Hash, false), new PhaseEntered(run, Phase.StagingIn),
            ];
            foreach (var fact in facts.Concat(then)) await HappenAsync<Run>(run.Value, fact);
        }

        Task HappenAsync<T>(Guid id, object fact) where T : class, IAggregate<T> => AppendAsync<T>(node, id, [fact], cancel);
    }

    /// <summary>More happens to a thing, on that other node.</summary>
    public static async Task GoOnAsync<T>(string database, Guid id, object[] facts, CancellationToken cancel)
        where T : class, IAggregate<T>
    {
        await using var node = await NodeAsync(database, cancel);
        await AppendAsync<T>(node, id, facts, cancel);
    }

    private static async Task AppendAsync<T>(EventStoreDatabase node, Guid id, object[] facts, CancellationToken cancel)
        where T : class, IAggregate<T> => PortalGround.Ok(await new Ledger(node.Store, new Chance())
            .AppendAsync(Caller.Worker(Guid.CreateVersion7()), [new(Ledger.StreamOf<T>(id), IEventStore.AnyVersion, facts)], cancel));

    private static Task<EventStoreDatabase> NodeAsync(string database, CancellationToken cancel) => EventStoreDatabase.StartAsync(new()
    {
        ConnectionString = database, Types = new(typeof(RunSubmitted).Assembly), Projections = PortalStore.Projections,
        RunProjections = false,
    }, cancel);

    private sealed class Chance : IChance
    {
        public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public Guid NewGuid() => Guid.CreateVersion7();
    }
}
