using System.Text;
using Portal.GraphQL.Transport;

namespace Portal.Tests.GraphQL.Transport;

public sealed class UploadTests : IAsyncLifetime
{
    private const string Operations =
        """{"query":"mutation($f: [Upload!]!) { store(input: {files: $f}) { content } }","variables":{"f":[null,null]}}""";

    private const string Map = """{"a":["variables.f.0"],"b":["variables.f.1"]}""";

    private TransportServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TransportServer.StartAsync(
        new TransportOptions { MaxFiles = 2, MaxBodyBytes = 1000, MaxUploadBytes = 3000 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Files_are_values_of_variables()
    {
        var (status, _, text) = await SendAsync(("operations", Operations), ("map", Map), ("a", "first"), ("b", "second"));
        Assert.Equal((200, """{"data":{"store":{"content":"a.txt(text/plain; charset=utf-8,5)=first;b.txt(text/plain; charset=utf-8,6)=second;"}}}"""),
            (status, text));
    }

    [Fact]
    public async Task One_file_may_stand_at_two_places()
    {
        var (_, _, text) = await SendAsync(
            ("operations", Operations), ("map", """{"a":["variables.f.0","variables.f.1"]}"""), ("a", "x"));
        Assert.Equal(2, text.Split("=x;").Length - 1);
    }

    [Theory]
    [InlineData("{", Map, 400, TransportCodes.BadRequest)]
    [InlineData("[" + Operations + "]", Map, 400, TransportCodes.Batching)]
    [InlineData(Operations, "[]", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":[],"b":[]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":[null],"b":["variables.f.1"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f.0"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f.2"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f.-1"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["query"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f.0.x"]}""", 400, TransportCodes.BadRequest)]
    [InlineData(Operations, """{"a":["variables.f.0"],"b":["variables.f.1"],"c":["variables.f.1"]}""", 413, TransportCodes.TooLarge)]
    public async Task What_does_not_fit_together_is_refused(string operations, string map, int status, string code)
    {
        var answer = await SendAsync(("operations", operations), ("map", map), ("a", "first"), ("b", "second"));
        Assert.Equal(status, answer.Status);
        Assert.Contains(code, answer.Text);
    }

    [Fact]
    public async Task A_missing_file_parts_out_of_order_and_broken_bodies_are_refused()
    {
        Assert.Equal(400, (await SendAsync(("operations", Operations), ("map", Map), ("a", "first"))).Status);
        Assert.Equal(400, (await SendAsync(("map", Map), ("operations", Operations))).Status);
        Assert.Equal(400, (await SendAsync(("operations", Operations))).Status);
        using var broken = new HttpRequestMessage(HttpMethod.Post, _server.Url) { Content = new StringContent("--x\r\nnothing") };
        broken.Content.Headers.Remove("Content-Type");
        broken.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        broken.Headers.Add("GraphQL-Preflight", "1");
        Assert.Equal(400, (await _server.SendAsync(broken)).Status);
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_whether_their_number_is_told_or_not()
    {
        (string, string)[] parts = [("operations", Operations), ("map", Map), ("a", new string('x', 3000)), ("b", "y")];
        Assert.Equal(413, (await SendAsync(parts)).Status);
        Assert.Contains(TransportCodes.TooLarge, (await SendAsync(true, parts)).Text);
        Assert.Contains(TransportCodes.TooLarge, (await SendAsync(("operations", Operations + new string(' ', 1000)))).Text);
    }

    private Task<(int Status, string? Type, string Text)> SendAsync(params (string Name, string Text)[] parts) =>
        SendAsync(false, parts);

    private async Task<(int Status, string? Type, string Text)> SendAsync(bool chunked, (string Name, string Text)[] parts)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in parts)
        {
            var content = new StringContent(text, Encoding.UTF8);
            if (name is "operations" or "map")
            {
                form.Add(content, name);
            }
            else
            {
                form.Add(content, name, $"{name}.txt");
            }
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url) { Content = form };
        request.Headers.Add("GraphQL-Preflight", "1");
        request.Headers.TransferEncodingChunked = chunked;
        return await _server.SendAsync(request);
    }
}
