using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

public sealed class BadRequestTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string, string?> Bodies => new()
    {
        { "{ \"name\": \"a\",\n  \"host\" }", 400, "MALFORMED_JSON", null },
        { "", 400, "BODY_MISSING", null },
        { "[]", 422, "INVALID_INPUT", null },
        { "{ \"name\": \"a\", \"host\": \"h\", \"user\": \"u\", \"workFolder\": \"/w\", \"colour\": 1 }", 422, "UNKNOWN_FIELD", "colour" },
        { "{ \"name\": \"a\", \"host\": \"h\", \"user\": \"u\" }", 422, "INVALID_INPUT", "workFolder" },
        { "{ \"name\": null, \"host\": \"h\", \"user\": \"u\", \"workFolder\": \"/w\" }", 422, "INVALID_INPUT", "name" },
        { "{ \"name\": \"a\", \"host\": \"h\", \"user\": \"u\", \"workFolder\": \"/w\", \"port\": \"22\" }", 422, "INVALID_INPUT", "port" },
        { "{ \"name\": \"a\", \"host\": \"-x\", \"user\": \"u\", \"workFolder\": \"/w\" }", 422, "INVALID_INPUT", "host" },
        { "{ \"name\": \"a\", \"host\": \"h\", \"user\": \"u\", \"workFolder\": \"/w\", \"id\": \"x\" }", 422, "INVALID_INPUT", "id" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_is_wrong_with_a_body_is_named(string body, int status, string code, string? field)
    {
        using var program = await ProgramAsync();
        var refusal = await program.PostAsync("machines", new StringContent(body, new MediaTypeHeaderValue("application/json")), Cancel, status);
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        var error = refusal.GetProperty("errors")[0];
        Assert.Equal(field, error.TryGetProperty("field", out var named) && named.GetString() is { Length: > 0 } text ? text : null);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Malformed_JSON_is_refused_with_line_and_column()
    {
        using var program = await ProgramAsync();
        var refusal = await program.PostAsync("machines", new StringContent("{ \"name\": \"a\",\n  \"host\" }", new MediaTypeHeaderValue("application/json")), Cancel, 400);
        Assert.Equal(2, refusal.GetProperty("errors")[0].GetProperty("line").GetInt32());
        Assert.True(refusal.GetProperty("errors")[0].GetProperty("column").GetInt32() > 1);
    }

    [Theory]
    [InlineData("text/plain", "machines")]
    [InlineData("application/x-www-form-urlencoded", "workflows")]
    public async Task A_body_of_another_type_is_refused(string type, string path)
    {
        using var program = await ProgramAsync();
        var refusal = await program.PostAsync(path, new StringContent("a=b", new MediaTypeHeaderValue(type)), Cancel, 415);
        Assert.Equal("UNSUPPORTED_MEDIA_TYPE", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_description_is_told_by_line_and_column()
    {
        using var program = await ProgramAsync();
        var refusal = await program.PostAsync("workflows", Yaml("portal: 1\nname: x\nsteps: [\n"), Cancel, 422);
        Assert.True(refusal.GetProperty("errors")[0].GetProperty("line").GetInt32() > 0);
    }

    [Fact]
    public async Task A_hundred_mebibytes_of_YAML_are_refused_without_being_read()
    {
        using var program = await ProgramAsync();
        var endless = new Endless(100 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Post, "workflows") { Content = new StreamContent(endless) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/yaml");
        request.Headers.ExpectContinue = true;
        using var answer = await program.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("TOO_LARGE", JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("code").GetString());
        Assert.True(endless.Given < 20 << 20, $"{endless.Given} bytes were sent");
    }

    [Theory]
    [InlineData("machines/nonsense", 404)]
    [InlineData("machines/00000000000000000000000000000000", 404)]
    [InlineData("nothing/here", 404)]
    [InlineData("machines?limit=0", 422)]
    [InlineData("machines?limit=many", 422)]
    [InlineData("machines?sort=colour", 422)]
    [InlineData("machines?cursor=nonsense", 422)]
    [InlineData("runs?phase=Sleeping", 422)]
    [InlineData("runs?project=0", 422)]
    [InlineData("projects/1/2", 404)]
    public async Task A_bad_address_is_a_problem_as_well(string path, int status)
    {
        using var program = await ProgramAsync();
        await program.GetAsync(path, Cancel, status);
    }

    [Fact]
    public async Task A_method_that_is_not_taken_is_a_problem_as_well()
    {
        using var program = await ProgramAsync();
        await program.PutAsync("projects", new { }, Cancel, 405);
    }

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "text/yaml");

    private async Task<RestClient> ProgramAsync() => await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);

    /// <summary>A long stream of one letter that counts how much of it was wanted; its length is told.</summary>
    private sealed class Endless(long length) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => Given; set => Given = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var size = (int)Math.Min(count, length - Given);
            buffer.AsSpan(offset, size).Fill((byte)'a');
            Given += size;
            return size;
        }

        public override long Seek(long offset, SeekOrigin origin) => Given = origin == SeekOrigin.Begin ? offset : Given;

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
