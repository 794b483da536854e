using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Composition;

namespace Portal.Tests.Fixtures;

/// <summary>
/// A running portal on a database of its own, with a machine on a demo site: key made and let in, host key pinned, the FTP server
/// registered as demo-data. Ends with everything that it started.
/// </summary>
public sealed class PortalGround : IAsyncDisposable
{
    /// <summary>Long enough for a loaded machine; what takes longer is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyDictionary<string, string> settings;
    private RunningPortal portal;

    private PortalGround(RunningPortal portal, DemoSite site, IReadOnlyDictionary<string, string> settings) =>
        (this.portal, Site, this.settings) = (portal, site, settings);

    public DemoSite Site { get; }

    public string DataFolder => settings["Portal:DataFolder"];

    public string Database => settings["Portal:Database"];

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => portal.Urls.First().TrimEnd('/');

    public Caller Caller { get; private set; } = null!;

    public Id<Project> Project { get; private set; }

    public Id<Machine> Machine { get; private set; }

    public Id<Credential> Credential { get; private set; }

    /// <summary>The security token of <see cref="Credential"/>.</summary>
    public string Token { get; private set; } = "";

    /// <summary>An impatient pipeline, as configuration.</summary>
    public static IReadOnlyDictionary<string, string> Impatient { get; } = new Dictionary<string, string>
    {
        ["Portal:Pipeline:FirstPause"] = "00:00:00.3",
        ["Portal:Pipeline:LongestPause"] = "00:00:01",
        ["Portal:Pipeline:AttemptsBeforeHold"] = "4",
        ["Portal:Pipeline:PollYoung"] = "00:00:00.4",
        ["Portal:Pipeline:PollOld"] = "00:00:01",
        ["Portal:Pipeline:UnknownFor"] = "00:00:04",
        ["Portal:Pipeline:KeyLinger"] = "00:00:05",
        ["Portal:Pipeline:SweepEvery"] = "00:00:01",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    /// <summary>Starts one. With the role <c>web</c> alone it does no work: that is left to a process of its own.</summary>
    public static async Task<PortalGround> StartAsync(
        PostgresFixture postgres, DemoSite site, string roles = "web,worker", IReadOnlyDictionary<string, string>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("portal-ground-").FullName;
        var database = await postgres.CreateDatabaseAsync();
        var settings = new Dictionary<string, string>(Impatient)
        {
            ["urls"] = "http://127.0.0.1:0", ["Portal:DataFolder"] = folder, ["Portal:Database"] = database, ["Portal:Roles"] = roles,
            ["Portal:NodeName"] = "ground", ["Portal:Limits:Accounts"] = "0", ["Portal:Limits:WrongTries"] = "0",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        var ground = new PortalGround(await HostAsync(settings), site, settings);
        try
        {
            await ground.PrepareAsync();
            return ground;
        }
        catch
        {
            await ground.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the portal and starts it anew on the same data, with other roles if so wished.</summary>
    public async Task RestartAsync(string roles = "web,worker")
    {
        await portal.DisposeAsync();
        portal = await HostAsync(new Dictionary<string, string>(settings) { ["Portal:Roles"] = roles });
    }

    private static Task<RunningPortal> HostAsync(IReadOnlyDictionary<string, string> settings) =>
        PortalHost.StartAsync([.. settings.Select(pair => $"--{pair.Key}={pair.Value}")], default);

    /// <summary>A part of the portal.</summary>
    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>The value of what must have been granted.</summary>
    public static T Ok<T>(Result<T> result) =>
        result.Ok ? result.Value : throw new InvalidOperationException(string.Join('\n', result.Problems));

    private async Task PrepareAsync()
    {
        var user = new Id<User>(Guid.CreateVersion7());
        await Get<INewAccount>().CreatedAsync(user, "ground", default);
        Caller = new Caller(user, null, "page", true, Guid.CreateVersion7(), "127.0.0.1");
        Project = (await Get<MyProjectsHandler>().HandleAsync(Caller, default))[0].Project;
        Machine = await MachineAsync("demo", Site.Facts.Workdir);
        await NewKeyAsync();
        await EndpointAsync("demo-data", Site.Facts.FtpUrl);
    }

    /// <summary>Registers a machine on the site and pins its host keys.</summary>
    public async Task<Id<Machine>> MachineAsync(string name, string workFolder)
    {
        var machine = new Id<Machine>(Guid.CreateVersion7());
        Ok(await Get<RegisterMachineHandler>().HandleAsync(Caller, new(machine, Project,
            new(name, Site.Facts.Host, Site.Facts.SshPort, Site.Facts.User, workFolder, null, null, "slurm", [], [])), default));
        await PinAsync(machine);
        return machine;
    }

    /// <summary>Pins what the site answers with now.</summary>
    public async Task PinAsync(Id<Machine> machine)
    {
        var seen = Ok(await Get<ScanHostKeysHandler>().HandleAsync(Caller, new(machine), default));
        Ok(await Get<PinHostKeysHandler>().HandleAsync(Caller, new(machine, [.. seen.Keys.Select(key => key.Fingerprint)]), default));
    }

    /// <summary>Makes a key for the machine, in place of the one before, and lets it in.</summary>
    public async Task NewKeyAsync() => (Credential, Token) = await KeyAsync(Machine);

    /// <summary>Makes a key for a machine and lets it in.</summary>
    public async Task<(Id<Credential> Id, string Token)> KeyAsync(Id<Machine> machine)
    {
        var made = Ok(await Get<CreateCredentialHandler>().HandleAsync(Caller, new(new(Guid.CreateVersion7()), machine), default));
        await Site.AuthorizeAsync(made.PublicKey);
        return (made.Id, made.SecurityToken);
    }

    /// <summary>Registers a data server under the demo's account.</summary>
    public async Task EndpointAsync(string name, string url) => Ok(await Get<KeepEndpointHandler>().HandleAsync(Caller,
        new(new(Guid.CreateVersion7()), Project, name, url, Site.Facts.FtpUser, Site.Facts.FtpPassword), default));

    /// <summary>Submits a description.</summary>
    public async Task<Id<Run>> SubmitAsync(string description, params (string Name, string Value)[] parameters)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        Ok(await TrySubmitAsync(description, run, null, parameters));
        return run;
    }

    /// <summary>Submits a description as an attended run, or not.</summary>
    public async Task<Id<Run>> SubmitAsync(string description, bool attended)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        Ok(await TrySubmitAsync(description, run, attended: attended));
        return run;
    }

    /// <summary>Submits a description, and gives what is answered.</summary>
    public Task<Result<Loaded<Run>>> TrySubmitAsync(string description, Id<Run> run, string? token = null,
        (string Name, string Value)[]? parameters = null, string? name = null, bool attended = false) =>
        Get<SubmitRunHandler>().HandleAsync(Caller, new(run, Machine, name, null, null, description,
            (parameters ?? []).ToDictionary(pair => pair.Name, pair => pair.Value), token ?? Token, Attended: attended), default);

    /// <summary>Asks for the end of a run.</summary>
    public async Task CancelAsync(Id<Run> run) => Ok(await Get<CancelRunHandler>().HandleAsync(Caller, new(run), default));

    /// <summary>The run as it is.</summary>
    public async Task<Run> ShowAsync(Id<Run> run) => Ok(await Get<ShowRunHandler>().HandleAsync(Caller, run, null, default)).State;

    /// <summary>Everything that happened to a run, as it comes.</summary>
    public async IAsyncEnumerable<Recorded> FollowAsync(Id<Run> run, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var stream = Ledger.StreamOf<Run>(run.Value);
        await foreach (var batch in Get<IEventTail>().FollowAsync(0, cancel))
            foreach (var recorded in batch)
                if (recorded.Stream == stream) yield return recorded;
    }

    /// <summary>Waits for a fact of a run, and gives everything up to it.</summary>
    public async Task<IReadOnlyList<object>> UntilAsync(Id<Run> run, Func<object, bool> fact, int times = 1)
    {
        using var limit = new CancellationTokenSource(Patience);
        var seen = new List<object>();
        try
        {
            await foreach (var recorded in FollowAsync(run, limit.Token))
            {
                seen.Add(recorded.Body);
                if (fact(recorded.Body) && --times == 0) return seen;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not happen. What did:\n{string.Join('\n', seen)}");
        }
        throw new InvalidOperationException("The tail ended.");
    }

    /// <summary>Waits for the end of a run; gives all that happened, of which one fact alone is an end.</summary>
    public async Task<IReadOnlyList<object>> EndAsync(Id<Run> run)
    {
        await UntilAsync(run, IsEnd);
        var all = await FactsAsync(run);
        Assert.Single(all, IsEnd);
        return all;
    }

    /// <summary>Waits for a run to succeed.</summary>
    public async Task<IReadOnlyList<object>> SucceededAsync(Id<Run> run)
    {
        var all = await EndAsync(run);
        Assert.True(all.Any(fact => fact is RunSucceeded), string.Join('\n', all));
        return all;
    }

    /// <summary>Waits for a run to fail, and gives the failure.</summary>
    public async Task<Failure> FailedAsync(Id<Run> run) => Assert.Single((await EndAsync(run)).OfType<RunFailed>()).Failure;

    /// <summary>All facts of a run so far.</summary>
    public async Task<IReadOnlyList<object>> FactsAsync(Id<Run> run) =>
        [.. Ok(await Get<ReadRunEventsHandler>().HandleAsync(Caller, run, 0, 100_000, default)).Select(recorded => recorded.Body)];

    /// <summary>Whether a fact ends a run.</summary>
    public static bool IsEnd(object fact) => fact is RunSucceeded or RunFailed or RunCancelled;

    /// <summary>Ids of every job that Slurm ever had of a run, by the keys that travelled with them.</summary>
    public async Task<IReadOnlyList<string>> JobsAsync(Id<Run> run) => Lines((await Site.RunAsync(
        $"{{ squeue -h -t all -o '%F|%j'; sacct -n -X -P -S now-1days -o JobID,JobName; }} | grep -F 'portal-{run}-' "
        + "| sed 's/[_+|].*//' | sort -u")).Output);

    /// <summary>Ids of a run's jobs that wait or run now.</summary>
    public async Task<IReadOnlyList<string>> LivingAsync(Id<Run> run) =>
        Lines((await Site.RunAsync($"squeue -h -o '%F|%j' | grep -F 'portal-{run}-'")).Output);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }
}
