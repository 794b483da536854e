using System.Text;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;

namespace Portal.Tests.GraphQL.Transport;

public sealed class HttpTests : IAsyncLifetime
{
    private const string Response = "application/graphql-response+json";
    private const string Hello = """{"query":"{ hello }"}""";
    private const string OtherHash = "b2c4a0fd43fb4bd2b1ad4ac2f6d4bb5e0c3e2f4ee4b5d4d4a3cb5d4ad2c5ca11";

    private TransportServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TransportServer.StartAsync(
        new TransportOptions { MaxBodyBytes = 2000 },
        new ExecutorOptions { FindDocument = (id, _) => new(id == "known" ? "{ hello(name: \"you\") }" : null) });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(null, 200, "application/json; charset=utf-8")]
    [InlineData("*/*", 200, "application/json; charset=utf-8")]
    [InlineData("application/*", 200, "application/json; charset=utf-8")]
    [InlineData(Response, 200, Response + "; charset=utf-8")]
    [InlineData(Response + ", application/json;q=0.9", 200, Response + "; charset=utf-8")]
    [InlineData(Response + ";q=0.5, application/json;q=0.9", 200, "application/json; charset=utf-8")]
    [InlineData("application/json;q=0, */*;q=0.1", 200, Response + "; charset=utf-8")]
    [InlineData(Response + "; charset=utf-16, application/json", 200, "application/json; charset=utf-8")]
    [InlineData("text/html", 406, "application/json; charset=utf-8")]
    [InlineData("nonsense;;;", 406, "application/json; charset=utf-8")]
    public async Task The_answer_has_the_type_that_the_client_likes_best(string? accept, int status, string type)
    {
        var answer = await _server.PostAsync(Hello, accept);
        Assert.Equal((status, type), (answer.Status, answer.Type));
    }

    [Theory]
    [InlineData(Hello, 200, 200, null)]
    [InlineData("""{"query":"{ fails }"}""", 200, 200, "FAILED")]
    [InlineData("""{"query":"{"}""", 400, 200, "SYNTAX_ERROR")]
    [InlineData("""{"query":"{ nothing }"}""", 400, 200, ErrorCodes.Invalid)]
    [InlineData("""{"query":"query($a: Int!) { hello(name: $a) }"}""", 400, 200, ErrorCodes.Invalid)]
    [InlineData("""{"query":"query($a: String!) { hello(name: $a) }"}""", 400, 200, ErrorCodes.BadVariables)]
    [InlineData("""{"query":"{ hello }","operationName":"other"}""", 400, 200, ErrorCodes.NoOperation)]
    [InlineData("""{"query":"subscription { count(upTo: 1) }"}""", 406, 406, ErrorCodes.NoSubscriptions)]
    [InlineData("""{"documentId":"unknown"}""", 400, 200, ErrorCodes.NoDocument)]
    [InlineData("""{"query":"{ hello }","documentId":"known"}""", 400, 400, ErrorCodes.NoQuery)]
    [InlineData("{}", 400, 400, ErrorCodes.NoQuery)]
    [InlineData("""{"query":7}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"query":"{ hello }","variables":"x"}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"query":"{ hello }","extensions":[]}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"query":"{ hello }","operationName":{}}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"query":"\ud800"}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"query":""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("", 400, 400, TransportCodes.BadRequest)]
    [InlineData("7", 400, 400, TransportCodes.BadRequest)]
    [InlineData("[" + Hello + "]", 400, 400, TransportCodes.Batching)]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"12"}}}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"extensions":{"persistedQuery":{"version":2}}}""", 400, 400, TransportCodes.BadRequest)]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"OTHERHASH"}}}""",
        400, 200, TransportCodes.NoPersistedQuery)]
    [InlineData("""{"query":"{ fails }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"OTHERHASH"}}}""",
        400, 400, TransportCodes.WrongHash)]
    public async Task What_is_wrong_has_a_status_and_a_code(string body, int asResponse, int asJson, string? code)
    {
        body = body.Replace("OTHERHASH", OtherHash);
        var response = await _server.PostAsync(body, Response);
        var json = await _server.PostAsync(body, "application/json");
        Assert.Equal((asResponse, asJson), (response.Status, json.Status));
        Assert.Contains(code is null ? "Hello world" : $"\"code\":\"{code}\"", response.Text);
        Assert.Equal(response.Text, json.Text);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=latin1", 415)]
    [InlineData("nonsense", 415)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("multipart/form-data; boundary=x", 403)]
    public async Task Only_json_in_utf_8_is_read(string type, int status) =>
        Assert.Equal(status, (await _server.PostAsync(Hello, type: type)).Status);

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_its_length_is_told_or_not()
    {
        var large = Hello + new string(' ', 2000);
        Assert.Equal(413, (await _server.PostAsync(large)).Status);
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url)
        {
            Content = new StringContent(large, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        Assert.Contains(TransportCodes.TooLarge, (await _server.SendAsync(request)).Text);
    }

    [Theory]
    [InlineData("?query={hello}", 200, "Hello world")]
    [InlineData("?query=query($n:String!){hello(name:$n)}&variables={\"n\":\"ä\"}", 200, "Hello ä")]
    [InlineData("?documentId=known", 200, "Hello you")]
    [InlineData("?query={hello}&variables={", 400, TransportCodes.BadRequest)]
    [InlineData("?query={hello}&query={fails}", 400, TransportCodes.BadRequest)]
    [InlineData("?query=mutation{note(input:{text:\"x\"}){text}}", 405, ErrorCodes.NoMutations)]
    [InlineData("", 400, ErrorCodes.NoQuery)]
    public async Task Queries_may_come_by_GET(string address, int status, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url + address);
        request.Headers.Add("GraphQL-Preflight", "1");
        var answer = await _server.SendAsync(request);
        Assert.Equal(status, answer.Status);
        Assert.Contains(text, answer.Text);
    }

    [Theory]
    [InlineData(null, 403)]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    public async Task A_GET_that_might_come_from_another_site_is_refused(string? site, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url + "?query={hello}");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        Assert.Equal(status, (await _server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Other_methods_are_told_which_there_are()
    {
        using var answer = await _server.Client.DeleteAsync("", TestContext.Current.CancellationToken);
        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_document_that_came_with_its_hash_is_known_by_it()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{ hello }"u8));
        var more = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";
        Assert.Contains("PersistedQueryNotFound", (await _server.PostAsync($$"""{"extensions":{{more}}}""")).Text);
        Assert.Contains("Hello world", (await _server.PostAsync($$"""{"query":"{ hello }","extensions":{{more}}}""")).Text);
        Assert.Contains("Hello world", (await _server.PostAsync($$"""{"extensions":{{more}}}""")).Text);
    }

    [Fact]
    public async Task The_host_says_who_asks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url)
        {
            Content = new StringContent("""{"query":"{ whoAmI }"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Caller", "me");
        Assert.Equal("""{"data":{"whoAmI":"me"}}""", (await _server.SendAsync(request)).Text);
    }
}
