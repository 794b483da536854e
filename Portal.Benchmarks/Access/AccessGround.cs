using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Benchmarks.Ground;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Composition;

namespace Portal.Benchmarks.Access;

/// <summary>What came of a load.</summary>
/// <param name="Requests">Requests a second.</param>
/// <param name="Statements">Statements that PostgreSQL carried out for each.</param>
/// <param name="Busy">Connections in which PostgreSQL was carrying one out, on average.</param>
internal sealed record AccessLoad(double Requests, double Statements, double Busy);

/// <summary>Two nodes of a portal in this process, and a person with a hundred tokens.</summary>
internal sealed class AccessGround : IAsyncDisposable
{
    private const int Clients = 32, Count = 100;

    private readonly string folder;
    private readonly RunningPortal one;
    private readonly RunningPortal other;
    private readonly Caller owner;
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });

    private AccessGround(string folder, RunningPortal one, RunningPortal other, Caller owner) =>
        (this.folder, this.one, this.other, this.owner) = (folder, one, other, owner);

    /// <summary>The tokens.</summary>
    public IReadOnlyList<IssuedAccessToken> Tokens { get; private set; } = [];

    /// <summary>The person's project.</summary>
    public Id<Project> Project => new(owner.User!.Value.Value);

    /// <summary>A part of the first node.</summary>
    public T Get<T>() where T : notnull => one.Services.GetRequiredService<T>();

    /// <summary>Starts both, and makes the tokens.</summary>
    public static async Task<AccessGround> StartAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        var one = await NodeAsync(folder, "one", "", cancel);
        var other = await NodeAsync(folder, "other", one.Services.GetRequiredService<PortalStore>().ConnectionString, cancel);
        var user = new Id<User>(Guid.CreateVersion7());
        await one.Services.GetRequiredService<INewAccount>().CreatedAsync(user, "bench", cancel);
        var ground = new AccessGround(folder, one, other, new(user, null, "page", false, Guid.CreateVersion7(), "127.0.0.1"));
        var tokens = new List<IssuedAccessToken>();
        for (var number = 0; number < Count; number++) tokens.Add(await ground.TokenAsync(cancel));
        ground.Tokens = tokens;
        return ground;
    }

    /// <summary>A new token.</summary>
    public Task<IssuedAccessToken> TokenAsync(CancellationToken cancel) =>
        Get<Ledger>().TokenAsync(owner, new TokenRules().Terms("bench", [Scope.GetJobStatus]), cancel);

    /// <summary>Takes one back, on the first node.</summary>
    public async Task RevokeAsync(Id<AccessToken> token, CancellationToken cancel)
    {
        var revoked = await Get<RevokeAccessTokenHandler>().HandleAsync(owner, token, cancel);
        if (!revoked.Ok) throw new InvalidOperationException(revoked.Problems[0].Message);
    }

    /// <summary>Whether a node takes the token.</summary>
    public async Task<bool> TakesAsync(string token, bool elsewhere, CancellationToken cancel)
    {
        using var answer = await AskAsync(elsewhere ? other : one, token, cancel);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Lists runs from many clients with all tokens in turn.</summary>
    /// <param name="span">How long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="pace">So many a second at the most; left out, as many as there can be.</param>
    public async Task<AccessLoad> LoadAsync(TimeSpan span, CancellationToken cancel, double? pace = null)
    {
        var (before, done, begun) = (await WorkAsync(cancel), 0, Stopwatch.GetTimestamp());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(span);
        var seconds = await Statistics.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (var number = client; !end.IsCancellationRequested; number += Clients)
            {
                // Each has its moment; who is late does not wait.
                var early = TimeSpan.FromSeconds(pace is { } rate ? number / rate : 0) - Stopwatch.GetElapsedTime(begun);
                if (early > TimeSpan.Zero) await Task.Delay(early, cancel);
                using var answer = await AskAsync(one, Tokens[number % Tokens.Count].Text, cancel);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref done);
            }
        })));
        // PostgreSQL tells what was done with a delay.
        await Task.Delay(1500, cancel);
        var after = await WorkAsync(cancel);
        return new(done / seconds, (double)(after.Committed - before.Committed) / done, (after.Active - before.Active) / 1000 / seconds);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await other.DisposeAsync();
        await one.DisposeAsync();
        Directory.Delete(folder, true);
    }

    private async Task<HttpResponseMessage> AskAsync(RunningPortal node, string token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new(node.Urls.First()), $"/api/v1/runs?limit=1&project={Project}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, cancel);
    }

    // Statements that were committed, and milliseconds in which one was carried out, of all connections.
    private async Task<(long Committed, double Active)> WorkAsync(CancellationToken cancel)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(
            "select xact_commit, active_time from pg_stat_database where datname = current_database()");
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetDouble(1));
    }

    // Each token has its own limit, which counts; that of the account would only measure itself.
    private static Task<RunningPortal> NodeAsync(string folder, string name, string database, CancellationToken cancel) =>
        PortalHost.StartAsync(["--urls", "http://127.0.0.1:0", "--Portal:DataFolder", Path.Combine(folder, name),
            "--Portal:NodeName", name, "--Portal:Roles", "web", "--Portal:Limits:PerAccount", "0", "--Portal:Database", database,
            "--Logging:LogLevel:Default", "Warning"], cancel);
}
