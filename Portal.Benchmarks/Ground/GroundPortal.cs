using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.Web.Composition;

namespace Portal.Benchmarks.Ground;

/// <summary>A whole portal in this process, with a database of its own, the demo site registered as its machine, and a client of its
/// REST door.</summary>
public sealed class GroundPortal : IAsyncDisposable
{
    // The partition is closed: the jobs wait, and the measure is not disturbed by running them.
    private const string Workflow = """
        portal: 1
        name: bench
        steps:
          - id: wait
            command: "true"
            resources: { time: 1m, partition: maintenance }
        """;

    private readonly string folder;
    private readonly RunningPortal portal;
    private object submission = new();

    private GroundPortal(string folder, RunningPortal portal) => (this.folder, this.portal) = (folder, portal);

    /// <summary>A part of the portal.</summary>
    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>A client with a personal token.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    /// <summary>Starts it and registers everything.</summary>
    public static async Task<GroundPortal> StartAsync(DemoSite site, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        var portal = await PortalHost.StartAsync(
            ["--urls", "http://127.0.0.1:0", "--Portal:DataFolder", folder, "--Logging:LogLevel:Default", "Warning",
                "--Portal:Outgoing:Allow", SiteConnection.Here], cancel);
        var ground = new GroundPortal(folder, portal);
        await ground.PrepareAsync(site, cancel);
        return ground;
    }

    /// <summary>Submits a run as any program would; its id.</summary>
    public async Task<Id<Run>> SubmitAsync(CancellationToken cancel)
    {
        using var answer = await Client.PostAsJsonAsync("/api/v1/runs", submission, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"Refused with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        // The answer holds all of the run; its address is enough here.
        return Id<Run>.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1]);
    }

    private async Task PrepareAsync(DemoSite site, CancellationToken cancel)
    {
        var user = new Id<User>(Guid.CreateVersion7());
        await Get<INewAccount>().CreatedAsync(user, "bench", cancel);
        var caller = new Caller(user, null, "page", true, Guid.CreateVersion7(), "127.0.0.1");
        var project = (await Get<MyProjectsHandler>().HandleAsync(caller, cancel))[0].Project;
        var machine = new Id<Machine>(Guid.CreateVersion7());
        Done(await Get<RegisterMachineHandler>().HandleAsync(caller, new(machine, project,
            new("site", site["host"], site.SshPort, site["user"], site["workdir"], null, null, "slurm", [], [])), cancel));
        var seen = Done(await Get<ScanHostKeysHandler>().HandleAsync(caller, new(machine), cancel));
        Done(await Get<PinHostKeysHandler>().HandleAsync(caller, new(machine, [.. seen.Keys.Select(key => key.Fingerprint)]), cancel));
        var credential = Done(await Get<CreateCredentialHandler>().HandleAsync(caller, new(new(Guid.CreateVersion7()), machine), cancel));
        site.Authorize(credential.PublicKey);
        var workflow = Done(await Get<AddWorkflowHandler>().HandleAsync(caller, new(project, Workflow), cancel));
        var token = await Get<Ledger>().TokenAsync(caller, new TokenRules().Terms("bench", days: 1), cancel);
        submission = new { machine = machine.ToString(), workflow = workflow.Id.ToString(), securityToken = credential.SecurityToken };
        Client.BaseAddress = new(portal.Urls.First());
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
    }

    private static T Done<T>(Result<T> result) =>
        result.Ok ? result.Value : throw new InvalidOperationException(string.Join(' ', result.Problems.Select(problem => problem.Message)));

    /// <summary>Stops it and removes all that it kept.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await portal.DisposeAsync();
        Directory.Delete(folder, true);
    }
}
