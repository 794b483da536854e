using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Transport;

/// <summary>A host that does nothing but answer at /graphql, on a free port of loopback.</summary>
internal sealed class TransportServer : IAsyncDisposable
{
    public static Schema Schema { get; } = new CodeFirstSchema()
        .Add(typeof(TransportQueries)).Add(typeof(TransportMutations)).Add(typeof(TransportEvents)).Build();

    private readonly WebApplication _app;

    private TransportServer(WebApplication app)
    {
        _app = app;
        Url = new Uri(app.Urls.Single() + "/graphql");
        Client = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public static async Task<TransportServer> StartAsync(TransportOptions? options = null, ExecutorOptions? engine = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Sources>();
        var app = builder.Build();
        app.UseWebSockets();
        var executor = new RequestExecutor(Schema, (engine ?? new ExecutorOptions()) with
        {
            Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document).Select(error =>
                new GraphQLError(error.Message) { Locations = error.Locations }.WithCode(ErrorCodes.Invalid))],
        });
        app.MapGraphQL("/graphql", executor, (options ?? new TransportOptions()) with
        {
            Caller = (context, _) => new(context.Request.Headers["X-Caller"].FirstOrDefault() ?? "nobody"),
        });
        await app.StartAsync();
        return new TransportServer(app);
    }

    public async Task<ClientWebSocket> OpenAsync(string? protocol = "graphql-transport-ws", string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (protocol is not null)
        {
            socket.Options.AddSubProtocol(protocol);
        }
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }
        await socket.ConnectAsync(new UriBuilder(Url) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    public async Task<(int Status, string? Type, string Text)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<(int Status, string? Type, string Text)> PostAsync(
        string body, string? accept = null, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return SendAsync(request);
    }

    /// <summary>Waits until an endless source was closed.</summary>
    public Task ClosedAsync() =>
        _app.Services.GetRequiredService<Sources>().Closed.WaitAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>Sources that never end by themselves.</summary>
public sealed class Sources
{
    public SemaphoreSlim Closed { get; } = new(0);
}

[QueryType]
public static class TransportQueries
{
    public static string Hello(string name = "world") => $"Hello {name}";

    public static string WhoAmI([Caller] string caller) => caller;

    public static string? Fails() => throw new GraphQLException("It fails.", "FAILED");
}

[MutationType]
public static class TransportMutations
{
    [Payload("text")]
    public static string Note(string text) => text;

    [Payload("content")]
    public static async Task<string> StoreAsync(IReadOnlyList<IUpload> files, CancellationToken cancel)
    {
        var all = new StringBuilder();
        foreach (var file in files)
        {
            using var reader = new StreamReader(file.Open());
            all.Append($"{file.Name}({file.ContentType},{file.Length})={await reader.ReadToEndAsync(cancel)};");
        }
        return all.ToString();
    }
}

[SubscriptionType]
public static class TransportEvents
{
    public static async IAsyncEnumerable<int> Count(int upTo, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var i = 1; i <= upTo; i++)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    /// <summary>One event, and then none until it is left.</summary>
    public static async IAsyncEnumerable<int> Forever(
        [Service] Sources sources, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        try
        {
            yield return 1;
            await Task.Delay(Timeout.Infinite, cancel);
        }
        finally
        {
            sources.Closed.Release();
        }
    }

    public static async IAsyncEnumerable<int> Broken()
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidOperationException("A secret of the source.");
    }
}
