using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Fixtures.Replays;
using Portal.Web.Composition;

namespace Portal.Tests.Fixtures;

/// <summary>
/// A running portal on a database of its own, with a machine on a demo site: key made and let in, host key pinned, the FTP server
/// registered as demo-data. Ends with everything that it started, leaves no secret behind, and its read models can
/// be made again.
/// </summary>
public sealed partial class PortalGround : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly List<Recording> recordings;
    private RunningPortal portal;

    private PortalGround(RunningPortal portal, DemoSite site, IReadOnlyDictionary<string, string> settings) =>
        (this.portal, Site, this.settings, recordings) = (portal, site, settings, [portal.Services.GetRequiredService<Recording>()]);

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
            ["Portal:Outgoing:Allow"] = Reach.Here,
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        var ground = new PortalGround(await HostAsync(settings), site, settings);
        ReplayCount.Begin(database);
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
        recordings.Add(Get<Recording>());
    }

    private static Task<RunningPortal> HostAsync(IReadOnlyDictionary<string, string> settings) =>
        Recorder.StartAsync([.. settings.Select(pair => $"--{pair.Key}={pair.Value}")], default);

    /// <summary>A part of the portal.</summary>
    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>The value of what must have been granted.</summary>
    public static T Ok<T>(Result<T> result) =>
        result.Ok ? result.Value : throw new InvalidOperationException(string.Join('\n', result.Problems));

    private async Task PrepareAsync()
    {
        var user = new Id<User>(Guid.CreateVersion7());
        await Get<INewAccount>().CreatedAsync(user, "ground", default);
        Ok(await Get<NameFirstAdministratorHandler>().HandleAsync(user, default));
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
        return (made.Id, Secrets.Note("a security token", made.SecurityToken, SecretKind.Shown));
    }

    /// <summary>Registers a data server under the demo's account.</summary>
    public async Task EndpointAsync(string name, string url) => Ok(await Get<KeepEndpointHandler>().HandleAsync(Caller,
        new(new(Guid.CreateVersion7()), Project, name, url, Site.Facts.FtpUser, Site.Facts.FtpPassword), default));

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        foreach (var recording in recordings) recording.Dispose();
        try
        {
            await LeakScan.NoneAsync(new(Database, DataFolder, [.. recordings.Select(recording => recording.Folder)]));
            await Replay.SameAsync(Database, settings.GetValueOrDefault("Portal:Archives:Folder", ""));
        }
        finally
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }
}
