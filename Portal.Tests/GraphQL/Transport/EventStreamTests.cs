using System.Text;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport;

namespace Portal.Tests.GraphQL.Transport;

public sealed class EventStreamTests
{
    private const string Complete = "event: complete\ndata: \n\n";

    [Theory]
    [InlineData("subscription { count(upTo: 2) }", ":\n\n|{\"data\":{\"count\":1}}|{\"data\":{\"count\":2}}|" + Complete)]
    [InlineData("{ hello }", "{\"data\":{\"hello\":\"Hello world\"}}|" + Complete)]
    [InlineData("subscription { broken }",
        ":\n\n|{\"data\":{\"broken\":1}}|{\"errors\":[{\"message\":\"The subscription ended, as its source failed.\",\"extensions\":{\"code\":\"SUBSCRIPTION_FAILED\"}}]}|" + Complete)]
    public async Task Answers_come_as_events_by_POST_and_by_GET(string query, string events)
    {
        var expected = string.Concat(events.Split('|').Select(part =>
            part.StartsWith('{') ? $"event: next\ndata: {part}\n\n" : part));
        await using var server = await TransportServer.StartAsync();

        var posted = await server.PostAsync($$"""{"query":"{{query}}"}""", "text/event-stream");
        var got = await server.SendAsync(Get(server, query));

        Assert.Equal((200, "text/event-stream; charset=utf-8", expected), posted);
        Assert.Equal(posted, got);
    }

    [Fact]
    public async Task Mutations_need_a_POST_and_what_is_no_request_has_a_status()
    {
        await using var server = await TransportServer.StartAsync();
        Assert.Equal(405, (await server.SendAsync(Get(server, "mutation { note(input: {text: \"x\"}) { text } }"))).Status);
        Assert.Equal(400, (await server.PostAsync("{}", "text/event-stream")).Status);
    }

    [Fact]
    public async Task While_nothing_happens_there_are_signs_of_life_and_who_leaves_closes_the_source()
    {
        await using var server = await TransportServer.StartAsync(
            new TransportOptions { KeepAlive = TimeSpan.FromMilliseconds(10) });
        var cancel = TestContext.Current.CancellationToken;
        using (var answer = await server.Client.SendAsync(
            Get(server, "subscription { forever }"), HttpCompletionOption.ResponseHeadersRead, cancel))
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel), Encoding.UTF8);
            var seen = new List<string?>();
            while (seen.Count(line => line == ":") < 3 || !seen.Contains("data: {\"data\":{\"forever\":1}}"))
            {
                seen.Add(await lines.ReadLineAsync(cancel));
            }
        }
        await server.ClosedAsync();
    }

    [Fact]
    public async Task A_host_that_stops_ends_the_stream_without_calling_it_complete()
    {
        await using var server = await TransportServer.StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        using var answer = await server.Client.SendAsync(
            Get(server, "subscription { forever }"), HttpCompletionOption.ResponseHeadersRead, cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel), Encoding.UTF8);
        while (await lines.ReadLineAsync(cancel) != "event: next")
        {
        }
        await server.StopAsync();
        Assert.DoesNotContain("complete", await lines.ReadToEndAsync(cancel));
        await server.ClosedAsync();
    }

    [Fact]
    public async Task Who_may_not_stay_is_told_and_the_source_is_closed()
    {
        var asked = 0;
        await using var server = await TransportServer.StartAsync(new TransportOptions
        {
            MayStay = (_, _, _) => new(Interlocked.Increment(ref asked) == 1),
            RecheckEvery = TimeSpan.FromMilliseconds(10),
        });
        var answer = await server.SendAsync(Get(server, "subscription { forever }"));
        Assert.Contains("{\"data\":{\"forever\":1}}", answer.Text);
        Assert.Contains(ErrorCodes.Forbidden, answer.Text);
        Assert.EndsWith(Complete, answer.Text);
        await server.ClosedAsync();
    }

    private static HttpRequestMessage Get(TransportServer server, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}?query={Uri.EscapeDataString(query)}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("GraphQL-Preflight", "1");
        return request;
    }
}
