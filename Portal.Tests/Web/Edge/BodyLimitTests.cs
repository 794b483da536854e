using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Composition;
using Portal.Web.Edge;

namespace Portal.Tests.Web.Edge;

/// <summary>What is larger than a door takes is refused before anybody reads it to the end.</summary>
public sealed class BodyLimitTests(RunningPortalFixture portals)
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sign-in")]
    [InlineData("register")]
    [InlineData("sign-out")]
    [InlineData("sign-in/passkey")]
    [InlineData("api/v1/tokens")]
    public async Task A_form_has_256_KiB_at_most(string path)
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(path, Form(FormDoor.LargestForm + 1, UrlEncoded)));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, await PostAsync(path, Form(FormDoor.LargestForm, UrlEncoded)));
    }

    [Fact]
    public async Task So_has_one_in_parts()
    {
        HttpContent Parts(int size)
        {
            var parts = new MultipartFormDataContent { { new StringContent(""), "Given.Mail" } };
            var rest = size - parts.ReadAsStream(Cancel).Length;
            return new MultipartFormDataContent { { new StringContent(new string('a', (int)rest)), "Given.Mail" } };
        }
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("sign-in", Parts(FormDoor.LargestForm + 100)));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, await PostAsync("sign-in", Parts(FormDoor.LargestForm - 100)));
    }

    [Fact]
    public async Task A_form_of_very_many_fields_is_refused()
    {
        var fields = string.Join('&', Enumerable.Range(0, 300).Select(field => $"f{field}="));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("sign-in", new StringContent(fields, Encoding.ASCII, UrlEncoded)));
    }

    [Fact]
    public async Task What_a_links_script_brings_has_16_KiB_at_most()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var client = new HttpClient { BaseAddress = portal.Address };
        foreach (var (size, expected) in ((int, HttpStatusCode)[])[(LinkSecrets.LargestBody + 1, HttpStatusCode.RequestEntityTooLarge),
            (LinkSecrets.LargestBody / 2, HttpStatusCode.BadRequest)])
        {
            using var answer = await client.PostAsJsonAsync("links", new { secret = new string('a', size) }, Cancel);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Without_WebSockets_an_open_pages_messages_have_their_own_limit()
    {
        Assert.Equal(HttpStatusCode.OK, await SayAsync(FormDoor.LargestBody + 1));
        Assert.NotEqual(HttpStatusCode.OK, await SayAsync(PagesComposition.MaximumMessage + 1));
    }

    // By a connection of its own: what is no message ends it.
    private async Task<HttpStatusCode> SayAsync(int size)
    {
        var portal = await portals.PortalAsync(Cancel);
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var begun = await client.PostAsync("_blazor/negotiate?negotiateVersion=1", null, Cancel);
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("connectionToken").GetString();
        // The first question chooses the way; its answer is empty.
        Assert.Empty(await client.GetStringAsync($"_blazor?id={id}", Cancel));
        return await PostAsync($"_blazor?id={id}", Bytes(size));
    }

    private static HttpContent Form(int size, string type)
    {
        const string Field = "Given.Mail=";
        var content = new StringContent(Field + new string('a', size - Field.Length), Encoding.ASCII, type);
        Assert.Equal(size, content.Headers.ContentLength);
        return content;
    }

    private static HttpContent Bytes(int size)
    {
        var content = new ByteArrayContent(new byte[size]);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return content;
    }

    private async Task<HttpStatusCode> PostAsync(string path, HttpContent body)
    {
        using var given = body;
        var portal = await portals.PortalAsync(Cancel);
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), given, Cancel);
        return answer.StatusCode;
    }
}
