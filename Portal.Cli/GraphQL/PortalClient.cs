using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>The portal, spoken to by GraphQL over HTTP. The only place that knows addresses and headers.</summary>
public sealed class PortalClient : IDisposable
{
    private readonly HttpClient http;

    /// <summary>A client of one portal, with an access token.</summary>
    public PortalClient(Uri portal, string token)
        : this(new HttpClient { BaseAddress = portal, Timeout = Timeout.InfiniteTimeSpan }) =>
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    /// <summary>A client that is signed in otherwise, by a cookie.</summary>
    public PortalClient(HttpClient http)
    {
        this.http = http;
        http.DefaultRequestHeaders.Add("Portal-Client", "cli");
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="RefusedException">It does not exist, or the portal refused.</exception>
    public async Task<T> AskAsync<T>(Operation operation, object? variables, CancellationToken cancel)
        where T : class
    {
        using var answer = await OpenAsync(operation, variables, "application/graphql-response+json", cancel);
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), default, cancel);
        return Read<T>(body.RootElement);
    }

    /// <summary>Has something done.</summary>
    /// <param name="operation">A mutation with the variable <c>input</c>.</param>
    /// <param name="input">That.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">It was not done.</exception>
    public async Task<T> ChangeAsync<T>(Operation operation, object input, CancellationToken cancel)
        where T : class
    {
        var payload = await AskAsync<Payload<T>>(operation, new { input }, cancel);
        return payload.Result ?? throw new RefusedException(payload.Errors);
    }

    /// <summary>A list, page by page.</summary>
    /// <param name="operation">A query that answers with a connection.</param>
    /// <param name="variables">Its variables, from the place to go on after.</param>
    /// <param name="cancel">Ends it.</param>
    public IAsyncEnumerable<T> ListAsync<T>(Operation operation, Func<string?, object> variables, CancellationToken cancel) =>
        ListAsync<Connection<T>, T>(operation, variables, answer => answer, cancel);

    /// <summary>A list within what is answered, page by page.</summary>
    /// <param name="operation">A query.</param>
    /// <param name="variables">Its variables, from the place to go on after.</param>
    /// <param name="list">Where in an answer its connection stands.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<T> ListAsync<TAnswer, T>(Operation operation, Func<string?, object> variables,
        Func<TAnswer, Connection<T>> list, [EnumeratorCancellation] CancellationToken cancel)
        where TAnswer : class
    {
        PageInfo? page = null;
        while (page is null or { HasNextPage: true })
        {
            var found = list(await AskAsync<TAnswer>(operation, variables(page?.EndCursor), cancel));
            foreach (var node in found.Nodes) yield return node;
            page = found.PageInfo;
        }
    }

    /// <summary>Opens the answer to an operation; whoever gets it disposes of it.</summary>
    /// <exception cref="RefusedException">The portal refused.</exception>
    internal Task<HttpResponseMessage> OpenAsync(Operation operation, object? variables, string accept,
        CancellationToken cancel) =>
        SendAsync(new(HttpMethod.Post, "graphql")
        {
            Headers = { Accept = { new(accept) } },
            Content = JsonContent.Create(new { query = operation.Text, operationName = operation.Name, variables },
                options: Wire.Options),
        }, cancel);

    /// <summary>Opens what lies at a path of the server: bytes do not travel in GraphQL. Whoever gets it disposes of
    /// it.</summary>
    /// <exception cref="RefusedException">The portal refused.</exception>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancel) =>
        SendAsync(new(HttpMethod.Get, path), cancel);

    /// <summary>What stands in an answer.</summary>
    /// <exception cref="RefusedException">Errors, or nothing.</exception>
    internal static T Read<T>(JsonElement answer)
        where T : class
    {
        if (answer.TryGetProperty("errors", out var errors))
            throw new RefusedException([.. errors.EnumerateArray().Select(Refusal.Of)]);
        var asked = answer.GetProperty("data").EnumerateObject().First();
        return asked.Value.Deserialize<T>(Wire.Options)
            ?? throw new RefusedException([new("NOT_FOUND", $"There is no such {asked.Name}, or not for you.")]);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer) throw await RefusedException.ReadAsync(answer, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
