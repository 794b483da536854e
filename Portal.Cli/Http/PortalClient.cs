using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Cli.Http;

/// <summary>The portal, spoken to by REST. The only place that knows addresses and headers.</summary>
public sealed class PortalClient : IDisposable
{
    private readonly HttpClient http;

    /// <summary>A client of one portal, with an access token.</summary>
    public PortalClient(Uri portal, string token)
    {
        http = new HttpClient { BaseAddress = new Uri(portal, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("Portal-Client", "cli");
    }

    /// <summary>Reads something.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, cancel);

    /// <summary>Sends a body and reads the answer.</summary>
    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), cancel);

    /// <summary>Puts a body and reads the answer.</summary>
    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body), cancel);

    /// <summary>Deletes something.</summary>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Delete, path, null, cancel);

    /// <summary>Sends text of a media type of its own.</summary>
    public Task<JsonElement> PostTextAsync(string path, string text, string mediaType, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, new StringContent(text, new MediaTypeHeaderValue(mediaType)), cancel);

    /// <summary>Every entry of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, int most, CancellationToken cancel)
    {
        var all = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync($"{path}{join}limit={Math.Clamp(most - all.Count, 1, 200)}{cursor}", cancel);
            all.AddRange(page.Entries("items"));
            if (page.Text("next") is not { Length: > 0 } next || all.Count >= most) return all;
            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
    }

    /// <summary>Opens an answer as a stream of bytes; whoever gets it disposes of it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancel, string? accept = null, HttpMethod? method = null,
        object? body = null, string? lastEvent = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (lastEvent is not null) request.Headers.Add("Last-Event-ID", lastEvent);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await RefusedException.ReadAsync(answer, cancel);
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode) throw await RefusedException.ReadAsync(answer, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
