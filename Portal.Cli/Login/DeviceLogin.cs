using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Login;

/// <summary>What the portal answers to a program that asks for access (RFC 8628, section 3.2).</summary>
public sealed record DeviceAuthorization(
    [property: JsonPropertyName("device_code")] string DeviceCode,
    [property: JsonPropertyName("user_code")] string UserCode,
    [property: JsonPropertyName("verification_uri")] string VerificationUri,
    [property: JsonPropertyName("verification_uri_complete")] string? VerificationUriComplete,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("interval")] int Interval = 5);

/// <summary>The access token that a person allowed (RFC 6749, section 5.1).</summary>
public sealed record AllowedToken(
    [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("scope")] string Scope);

/// <summary>Gets an access token without a browser here: a person says yes in a browser anywhere (RFC 8628).</summary>
/// <param name="portal">The portal.</param>
public sealed class DeviceLogin(Uri portal) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Asks for access.</summary>
    /// <param name="client">What this program is called.</param>
    /// <param name="scopes">What it wants to do, by names of scopes; none for everything.</param>
    /// <param name="project">The only project it wants; null for all.</param>
    /// <param name="days">For how long; null for what is usual.</param>
    /// <param name="reason">What for.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">The portal refused.</exception>
    public async Task<DeviceAuthorization> AskAsync(string client, IReadOnlyList<string> scopes, string? project, int? days, string? reason,
        CancellationToken cancel)
    {
        var fields = new Dictionary<string, string>
        {
            ["client_id"] = client, ["scope"] = string.Join(' ', scopes.Count > 0 ? scopes : await ScopesAsync(cancel)),
            ["project"] = project ?? "", ["reason"] = reason ?? "",
            ["days"] = days?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        };
        using var answer = await PostAsync("oauth/device_authorization", fields, cancel);
        if (!answer.IsSuccessStatusCode) throw await RefusedAsync(answer, cancel);
        return (await answer.Content.ReadFromJsonAsync<DeviceAuthorization>(cancel))!;
    }

    // The portal takes a request without scopes for one of the least: who wants everything names it (RFC 8414, section 2).
    private async Task<IReadOnlyList<string>> ScopesAsync(CancellationToken cancel)
    {
        using var answer = await http.GetAsync(new Uri(".well-known/oauth-authorization-server", UriKind.Relative), cancel);
        if (!answer.IsSuccessStatusCode) throw await RefusedAsync(answer, cancel);
        return (await answer.Content.ReadFromJsonAsync<ServerScopes>(cancel))!.Supported;
    }

    private sealed record ServerScopes([property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Supported);

    /// <summary>Waits until the person has answered, and fetches the token.</summary>
    /// <exception cref="RefusedException">The person said no, or the code's time is up.</exception>
    public async Task<AllowedToken> FetchAsync(DeviceAuthorization asked, string client, CancellationToken cancel)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = asked.DeviceCode, ["client_id"] = client,
        };
        for (var pause = TimeSpan.FromSeconds(asked.Interval); ;)
        {
            await Task.Delay(pause, cancel);
            using var answer = await PostAsync("oauth/token", fields, cancel);
            if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<AllowedToken>(cancel))!;
            var refused = await RefusedAsync(answer, cancel);
            if (refused.Code is not ("authorization_pending" or "slow_down")) throw refused;
            if (refused.Code == "slow_down") pause += TimeSpan.FromSeconds(5);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, CancellationToken cancel)
    {
        using var body = new FormUrlEncodedContent(fields.Where(field => field.Value.Length > 0));
        return await http.PostAsync(new Uri(path, UriKind.Relative), body, cancel);
    }

    private static async Task<RefusedException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/json") return await RefusedException.ReadAsync(answer, cancel);
        var error = (await answer.Content.ReadFromJsonAsync<Error>(cancel))!;
        return new([new(error.Code, error.Description ?? error.Code)]);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private sealed record Error(
        [property: JsonPropertyName("error")] string Code, [property: JsonPropertyName("error_description")] string? Description);
}
