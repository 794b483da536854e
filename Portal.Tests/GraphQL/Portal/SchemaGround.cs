using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.GraphQL.Execution;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A portal that does no work, with two people who do not know each other, the first of them an
/// administrator, and a machine of the first one's.</summary>
public sealed class SchemaGround(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Description = """
        portal: 1
        name: one-step
        title: One step
        parameters:
          word: { type: text, default: hello }
        steps:
          - { id: a, command: "true" }
        """;

    private TestPortal portal = null!;

    /// <summary>Further settings.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public Caller Ada { get; private set; } = null!;

    public Caller Stranger { get; private set; } = null!;

    public Id<Machine> Machine { get; private set; }

    /// <summary>Opens Ada's key on the machine.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The portal itself.</summary>
    public TestPortal Portal => portal;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync(postgres, default, ["--Portal:Roles=web", "--Portal:GraphQL:RecheckEvery=00:00:00.2", .. More]);
        (Ada, Stranger) = (await PersonAsync("ada") with { Administrator = true }, await PersonAsync("stranger"));
        Machine = await ReadyMachineAsync("demo");
        var key = await Get<CreateCredentialHandler>().HandleAsync(Ada, new(new(Guid.CreateVersion7()), Machine), default);
        Token = Secrets.Note("a security token", PortalGround.Ok(key).SecurityToken, SecretKind.Shown);
    }

    public T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    public static string IdOf<T>(Id<T> id) => new GlobalId(typeof(T).Name, id.ToString()).ToString();

    /// <summary>An access token of somebody's.</summary>
    public Task<IssuedAccessToken> AccessTokenAsync(Caller caller, TimeSpan? life = null) =>
        Get<Ledger>().TokenAsync(caller, new("tests", Scopes.All, null, [], life ?? TimeSpan.FromHours(1)));

    /// <summary>Somebody who has just proved who they are, in a session; a row is made of who has none, as if they had signed up.</summary>
    public async Task<Caller> ProvedAsync(Caller caller)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand("insert into accounts.users (id, display_name, administrator, created_at, "
            + "user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, phone_number_confirmed, "
            + "two_factor_enabled, lockout_enabled, access_failed_count) "
            + "values ($1, 'Ada', false, now(), $2, $2, $2, $2, false, 's', false, false, false, 0) on conflict (id) do nothing");
        command.Parameters.Add(new() { Value = caller.User!.Value.Value });
        command.Parameters.Add(new() { Value = $"{caller.User}@EXAMPLE.ORG" });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return caller with { Session = await new AccountGround(portal).SessionAsync(caller) };
    }

    /// <summary>Ends an access token: its owner takes it back, or its time has come.</summary>
    public Task EndAsync(IssuedAccessToken token, bool revoked) => HappenAsync<AccessToken>(token.Id.Value, revoked
        ? new AccessTokenRevoked(token.Id)
        : new AccessTokenIssued(
            token.Id, Ada.User!.Value, "tests", TokenText.HashOf(token.Text), DateTimeOffset.UnixEpoch));

    /// <summary>Writes what happens to a thing, as the pipeline would.</summary>
    public async Task HappenAsync<T>(Guid id, params object[] events)
        where T : class, IAggregate<T> => PortalGround.Ok(await Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<T>(id), IEventStore.AnyVersion, events)], default));

    /// <summary>The id within what clients call a run.</summary>
    public static Id<Run> RunOf(string id) =>
        GlobalId.TryParse(id, out var known) ? Id<Run>.Parse(known.Id) : throw new FormatException(id);

    /// <summary>A machine of Ada's that nobody has ever spoken to.</summary>
    public async Task<Id<Machine>> MachineAsync(string name)
    {
        var machine = new Id<Machine>(Guid.CreateVersion7());
        PortalGround.Ok(await Get<RegisterMachineHandler>().HandleAsync(Ada, new(machine, new(Ada.User!.Value.Value),
            new(name, "login.example.org", 22, "ada", "/work", null, null, "slurm", [], [])), default));
        return machine;
    }

    /// <summary>A machine of Ada's whose host key counts as confirmed.</summary>
    public async Task<Id<Machine>> ReadyMachineAsync(string name)
    {
        var machine = await MachineAsync(name);
        await PinAsync(machine);
        return machine;
    }

    /// <summary>The answer, parsed.</summary>
    public async Task<JsonElement> AskAsync(Caller caller, string query, object? variables = null) =>
        JsonElement.Parse(await Get<RequestExecutor>().AskAsync(Request(caller, query, variables)));

    /// <summary>The data of an answer without errors.</summary>
    public async Task<JsonElement> DataAsync(Caller caller, string query, object? variables = null) =>
        Data(await AskAsync(caller, query, variables));

    /// <summary>The data of the first event of a subscription.</summary>
    public async Task<JsonElement> FirstAsync(Caller caller, string query, object? variables = null)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var answer = await Get<RequestExecutor>().ExecuteAsync(Request(caller, query, variables), end.Token);
        Assert.True(answer.Kind == ResultKind.Events, answer.Text());
        await using var events = answer.Events!.GetAsyncEnumerator(end.Token);
        Assert.True(await events.MoveNextAsync());
        return Data(JsonElement.Parse(events.Current.Text()));
    }

    private static JsonElement Data(JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        return answer.GetProperty("data");
    }

    private GraphQLRequest Request(Caller caller, string query, object? variables) => new()
    {
        Query = query, Caller = caller, Services = portal.Services,
        Variables = variables is null ? null : GraphQLRequest.VariablesOf(JsonSerializer.SerializeToElement(variables)),
    };

    /// <summary>Adds the workflow and submits a run of it; gives both ids.</summary>
    public async Task<(string Workflow, string Run)> RunAsync()
    {
        var added = await DataAsync(Ada, "mutation($text: String!) { addWorkflow(input: {text: $text}) { workflow { id } } }",
            new { text = Description });
        var workflow = added.GetProperty("addWorkflow").GetProperty("workflow").GetProperty("id").GetString()!;
        var submitted = await DataAsync(Ada,
            "mutation($input: SubmitRunInput!) { submitRun(input: $input) { run { id } errors { __typename } } }",
            new { input = new { machine = IdOf(Machine), workflow, securityToken = Token } });
        return (workflow, submitted.GetProperty("submitRun").GetProperty("run").GetProperty("id").GetString()!);
    }

    /// <summary>A run of somebody's in a project of theirs, as if it had been submitted there.</summary>
    public async Task<Id<Run>> RunOfAsync(Caller owner, Id<Project> project)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        var like = PortalGround.Ok(await Get<ShowRunHandler>().HandleAsync(Ada, RunOf((await RunAsync()).Run), null, default));
        await HappenAsync<Run>(run.Value, like.State.Request with { RunId = run, ProjectId = project, SubmittedBy = owner.User!.Value });
        return run;
    }

    /// <summary>Copies a run, and waits until lists show all of them.</summary>
    public async Task CopyAsync(string run, int times)
    {
        var first = PortalGround.Ok(await Get<ShowRunHandler>().HandleAsync(Ada, RunOf(run), null, default)).State.Request;
        var copies = Enumerable.Range(0, times).Select(_ => first with { RunId = new(Guid.CreateVersion7()) });
        var written = PortalGround.Ok(await Get<Ledger>().AppendAsync(Ada,
            [.. copies.Select(copy => new Write(Ledger.StreamOf<Run>(copy.RunId.Value), 0, [copy]))], default));
        await Get<IDocuments>().CaughtUpAsync<RunView>(written.Position, default);
    }

    /// <summary>How many statements PostgreSQL was sent for what is done here.</summary>
    public static async Task<int> StatementsAsync(Func<Task> work)
    {
        var count = 0;
        using var root = new Activity("counting").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // That a connection is opened, when more of them are busy than ever before, is no statement.
            ActivityStarted = activity =>
            {
                if (activity.TraceId == root.TraceId && !activity.OperationName.StartsWith("CONNECT ", StringComparison.Ordinal))
                    Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return count;
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    private async Task<Caller> PersonAsync(string name)
    {
        var user = new Id<User>(Guid.CreateVersion7());
        await Get<INewAccount>().CreatedAsync(user, name, default);
        return new(user, null, "graphql", false, Guid.CreateVersion7(), "127.0.0.1");
    }

    // There is no such place that a key could be asked of.
    private Task PinAsync(Id<Machine> machine) =>
        HappenAsync<Machine>(machine.Value, new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:abc", "AAAA")]));
}
