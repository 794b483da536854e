using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Common;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.OAuth;

namespace Portal.Tests.Rest;

/// <summary>The device grant (RFC 8628), introspection (RFC 7662) and revocation (RFC 7009), as a program meets them.</summary>
public sealed class DeviceGrantTests(RunningPortalFixture portals) : IAsyncLifetime
{
    private TestPortal portal = null!;
    private MemberGround ground = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => MemberGround.Cancel;

    public async ValueTask InitializeAsync()
    {
        portal = await portals.PortalAsync(Cancel);
        (ground, http) = (new MemberGround(portal), new HttpClient { BaseAddress = portal.Address });
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_program_gets_what_a_person_allows_and_gets_it_once()
    {
        var ada = await ground.SignUpAsync();
        var asked = await PostAsync(200, "oauth/device_authorization",
            ("client_id", "headless"), ("scope", "get_job_status post_job keep_machine"), ("reason", "a nightly sweep"));
        Assert.EndsWith("/device", asked.GetProperty("verification_uri").GetString(), StringComparison.Ordinal);
        Assert.Equal((600, 5), (asked.GetProperty("expires_in").GetInt32(), asked.GetProperty("interval").GetInt32()));
        var (code, device) = (asked.GetProperty("user_code").GetString()!, asked.GetProperty("device_code").GetString()!);
        Assert.Matches("^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$", code);
        Assert.Equal("authorization_pending", await FetchAsync(device));
        Assert.Equal("slow_down", await FetchAsync(device));

        var open = PortalGround.Ok(await ground.Get<OpenDeviceHandler>().HandleAsync(ada, code.ToLowerInvariant(), Cancel));
        Assert.Equal(("headless", "a nightly sweep", "127.0.0.1"), (open.Request.Client, open.Request.Reason, open.Request.Address));
        var answers = ground.Get<AnswerDeviceHandler>();
        var more = await answers.AllowAsync(ada, new(code, open.Terms with { Scopes = [Scope.GetJobStatus, Scope.KeepMember] }), Cancel);
        Assert.Equal("scopes", more.Problems![0].Field);
        // It takes a fresh proof: whoever sits down at an open page lets no program in.
        var less = new AllowDevice(code, open.Terms with { Scopes = [Scope.GetJobStatus] });
        Assert.Equal("PROOF_NEEDED", (await answers.AllowAsync(ada, less, Cancel)).Problems![0].Code);
        ada = ada with { Session = await new AccountGround(portal).SessionAsync(ada) };
        PortalGround.Ok(await answers.AllowAsync(ada, less, Cancel));
        Assert.Equal("ANSWERED", (await answers.DenyAsync(ada, code, Cancel)).Problems![0].Code);

        Assert.Equal("invalid_grant", await FetchAsync(device, "another"));
        var got = await PostAsync(200, "oauth/token", ("grant_type", OAuthApi.DeviceGrant), ("device_code", device), ("client_id", "headless"));
        Assert.Equal(("Bearer", "get_job_status"), (got.GetProperty("token_type").GetString(), got.GetProperty("scope").GetString()));
        Assert.Equal("invalid_grant", await FetchAsync(device));
        var token = got.GetProperty("access_token").GetString()!;
        using var program = RestClient.With(portal.Address, token);
        await program.GetAsync("runs", Cancel);
        var refused = await program.PostAsync("machines", new { name = "one", host = "h", user = "u", workFolder = "/w" }, Cancel, 403);
        Assert.Contains("keep_machine", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_was_refused_is_told_so()
    {
        var ada = await ground.SignUpAsync();
        var asked = await PostAsync(200, "oauth/device_authorization", ("client_id", "headless"));
        var code = asked.GetProperty("user_code").GetString()!;
        // Who names no scope asks for the least.
        Assert.Equal([Scope.GetJobStatus],
            PortalGround.Ok(await ground.Get<OpenDeviceHandler>().HandleAsync(ada, code, Cancel)).Request.Scopes);
        PortalGround.Ok(await ground.Get<AnswerDeviceHandler>().DenyAsync(ada, code, Cancel));
        Assert.Equal("access_denied", await FetchAsync(asked.GetProperty("device_code").GetString()!));
    }

    [Fact]
    public async Task Only_a_person_answers_and_who_guesses_codes_is_stopped()
    {
        var ada = await ground.SignUpAsync();
        var asked = await PostAsync(200, "oauth/device_authorization", ("client_id", "headless"));
        var code = asked.GetProperty("user_code").GetString()!;
        var (open, answers) = (ground.Get<OpenDeviceHandler>(), ground.Get<AnswerDeviceHandler>());
        var program = ada with { Token = new(Guid.NewGuid(), Scopes.All, null) };
        Assert.Equal("FORBIDDEN", (await open.HandleAsync(program, code, Cancel)).Problems![0].Code);
        Assert.Equal("FORBIDDEN", (await answers.DenyAsync(program, code, Cancel)).Problems![0].Code);
        var grace = await ground.SignUpAsync();
        var said = new List<string>();
        for (var guess = 0; guess < 21; guess++) said.Add((await open.HandleAsync(grace, "BCDF-GHJK", Cancel)).Problems![0].Code);
        Assert.Equal(["NOT_FOUND", "RATE_LIMITED"], said.Distinct());
        Assert.Equal("RATE_LIMITED", (await open.HandleAsync(grace, code, Cancel)).Problems![0].Code);
        Assert.True((await open.HandleAsync(ada, code, Cancel)).Ok);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_as_that()
    {
        using var form = new FormUrlEncodedContent([new("client_id", new string('x', 20_000))]);
        using var answer = await http.PostAsync(new Uri("oauth/device_authorization", UriKind.Relative), form, Cancel);
        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("oauth/device_authorization", "invalid_request")]
    [InlineData("oauth/device_authorization", "invalid_scope", "client_id=x", "scope=get_job admin")]
    [InlineData("oauth/device_authorization", "invalid_request", "client_id=x", "project=mine")]
    [InlineData("oauth/device_authorization", "invalid_request", "client_id=x", "days=many")]
    [InlineData("oauth/device_authorization", "invalid_request", "client_id=x", "days=1000")]
    [InlineData("oauth/device_authorization", "invalid_request", "client_id=x", "client_id=y")]
    [InlineData("oauth/device_authorization", "invalid_request", "client_id=a\nb")]
    [InlineData("oauth/token", "invalid_request")]
    [InlineData("oauth/token", "unsupported_grant_type", "grant_type=password")]
    [InlineData("oauth/token", "invalid_request", "grant_type=urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("oauth/token", "invalid_grant", "grant_type=urn:ietf:params:oauth:grant-type:device_code", "device_code=portal_dev_00")]
    [InlineData("oauth/revoke", "invalid_request")]
    public async Task What_is_wrong_is_told_in_the_words_of_OAuth(string path, string error, params string[] fields)
    {
        var said = await PostAsync(400, path, [.. fields.Select(field => (field.Split('=')[0], field.Split('=')[1]))]);
        Assert.Equal(error, said.GetProperty("error").GetString());
        Assert.NotEmpty(said.GetProperty("error_description").GetString()!);
    }

    [Fact]
    public async Task A_token_is_looked_into_by_its_owner_and_ended_by_who_holds_it()
    {
        var (ada, grace) = (await ground.SignUpAsync(), await ground.SignUpAsync());
        var (mine, other, hers) = (await TokenAsync(ada, null), await TokenAsync(ada, await ground.ProjectAsync(ada)), await TokenAsync(grace, null));
        Assert.Equal(401, (int)(await http.PostAsync(new Uri("oauth/introspect", UriKind.Relative), Form(("token", mine)), Cancel)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", mine);
        var seen = await PostAsync(200, "oauth/introspect", ("token", other));
        Assert.Equal((true, "ci", "get_job_status", ada.User.ToString()), (seen.GetProperty("active").GetBoolean(),
            seen.GetProperty("client_id").GetString(), seen.GetProperty("scope").GetString(), seen.GetProperty("sub").GetString()));
        foreach (var nothing in (string[])[hers, "portal_pat_00", "nonsense"])
            Assert.Equal("""{"active":false}""", (await PostAsync(200, "oauth/introspect", ("token", nothing))).GetRawText());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other);
        Assert.False((await PostAsync(200, "oauth/introspect", ("token", mine))).GetProperty("active").GetBoolean());
        http.DefaultRequestHeaders.Authorization = null;
        foreach (var revoked in (string[])[hers, hers, "nonsense"])
            using (var answer = await http.PostAsync(new Uri("oauth/revoke", UriKind.Relative), Form(("token", revoked)), Cancel))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(hers, Cancel));
    }

    [Fact]
    public async Task Programs_find_the_doors()
    {
        var told = JsonDocument.Parse(await http.GetStringAsync(new Uri(".well-known/oauth-authorization-server", UriKind.Relative), Cancel)).RootElement;
        Assert.Equal(portal.Address.ToString().TrimEnd('/'), told.GetProperty("issuer").GetString());
        Assert.Equal($"{portal.Address}oauth/token", told.GetProperty("token_endpoint").GetString());
        Assert.Equal(Scopes.All.Count, told.GetProperty("scopes_supported").GetArrayLength());
    }

    private async Task<string> TokenAsync(Caller caller, Id<Portal.Domain.Projects.Project>? project) =>
        (await ground.Get<Ledger>().TokenAsync(caller, new TokenRules().Terms("ci", [Scope.GetJobStatus], project))).Text;

    private async Task<string?> FetchAsync(string device, string client = "headless") =>
        (await PostAsync(400, "oauth/token", ("grant_type", OAuthApi.DeviceGrant), ("device_code", device), ("client_id", client)))
            .GetProperty("error").GetString();

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private async Task<JsonElement> PostAsync(int status, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), Form(fields), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)answer.StatusCode, $"{path}: {(int)answer.StatusCode}\n{text}");
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return JsonElement.Parse(text);
    }
}
