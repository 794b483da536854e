using System.Net.Http.Headers;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Rest;

/// <summary>Why a reader may not stay.</summary>
public enum Leaving
{
    Revoked,
    Expired,
    Removed,
    Disabled,
}

/// <summary>What a program follows ends when its token, its owner or their place in the project does not count any more.</summary>
public sealed class EndedStreamTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MemberGround People => new(ground.Portal);

    public static TheoryData<Leaving, bool> All =>
        [.. Enum.GetValues<Leaving>().SelectMany(why => (TheoryDataRow<Leaving, bool>[])[new(why, false), new(why, true)])];

    [Theory, MemberData(nameof(All))]
    public async Task What_is_followed_ends_with_the_right_to_follow_it(Leaving why, bool log)
    {
        var (owner, project, run) = await SharedRunAsync();
        var reader = await People.MemberAsync(owner, project, Role.Viewer);
        using var opened = await ProgramAsync(reader);
        var (program, token) = opened;
        using var answer = await FollowAsync(program, log ? $"runs/{run}/log?step=a&follow=true" : $"runs/{run}/events", events: !log);
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Contains(log ? "begun" : "run_submitted", await LineWithAsync(text, log ? "begun" : "event: "), StringComparison.Ordinal);

        switch (why)
        {
            case Leaving.Revoked:
                await program.DeleteAsync($"tokens/{token.Id}", Cancel);
                break;
            case Leaving.Expired:
                await ground.EndAsync(token, revoked: false);
                break;
            case Leaving.Removed:
                PortalGround.Ok(await ground.Get<RemoveMemberHandler>().HandleAsync(owner, new(project, reader.User!.Value), Cancel));
                break;
            case Leaving.Disabled:
                await ground.HappenAsync<Account>(reader.User!.Value.Value, new AccountDisabled(reader.User.Value));
                break;
        }
        var (rest, whole) = await RestAsync(text);
        // A stream of events has a word for it; a log has none, and a token that is nothing more gets none: they are cut off.
        Assert.Equal(why == Leaving.Removed && !log, whole);
        if (whole) Assert.Contains("event: refused\ndata: {\"code\":\"NOT_FOUND\"", rest, StringComparison.Ordinal);
        // Nothing that happens now is told.
        Assert.DoesNotContain("phase_entered", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_stay_hears_more_when_others_were_asked_and_sent_away()
    {
        var (owner, _, run) = await SharedRunAsync();
        using var stays = await ProgramAsync(owner);
        using var answer = await FollowAsync(stays.Program, $"runs/{run}/events", events: true);
        await using var events = EventReader.ReadAsync(answer, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await events.MoveNextAsync());
        using var goes = await ProgramAsync(owner);
        using var cut = await FollowAsync(goes.Program, $"runs/{run}/events", events: true);
        await goes.Program.DeleteAsync($"tokens/{goes.Token.Id}", Cancel);
        using var text = new StreamReader(await cut.Content.ReadAsStreamAsync(Cancel));
        Assert.False((await RestAsync(text)).Whole);
        await ground.HappenAsync<Run>(run.Value, new PhaseEntered(run, Phase.FetchingInputs), new RunSucceeded(run));
        var types = new List<string>();
        while (await events.MoveNextAsync()) types.Add(events.Current.Type);
        Assert.Equal(["phase_entered", "run_succeeded"], types);
    }

    [Fact]
    public async Task A_token_that_its_holder_takes_back_closes_the_socket_it_opened()
    {
        var (_, run) = await ground.RunAsync();
        var token = await ground.AccessTokenAsync(ground.Ada);
        using var program = RestClient.With(ground.Portal.Address, token.Text);
        using var socket = await LiveSocket.WithTokenAsync(ground.Portal.Address, token.Text);
        await socket.SubscribeAsync("subscription($run: ID!) { run(id: $run) { position } }", new { run });
        await socket.NextAsync();
        await program.DeleteAsync($"tokens/{token.Id}", Cancel);
        Assert.Equal((4403, "You may not follow this any more."), await socket.EndAsync());
    }

    private sealed record Opened(RestClient Program, IssuedAccessToken Token) : IDisposable
    {
        public void Dispose() => Program.Dispose();
    }

    private async Task<Opened> ProgramAsync(Caller owner)
    {
        var token = await ground.AccessTokenAsync(owner);
        return new(RestClient.With(ground.Portal.Address, token.Text), token);
    }

    private static async Task<HttpResponseMessage> FollowAsync(RestClient program, string path, bool events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (events) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.EnsureSuccessStatusCode();
    }

    // A run in a project of several, as its worker would have written it, with a log that goes on.
    private async Task<(Caller Owner, Id<Project> Project, Id<Run> Run)> SharedRunAsync()
    {
        var owner = await People.SignUpAsync();
        var project = await People.ProjectAsync(owner);
        var run = await ground.RunOfAsync(owner, project);
        await ground.Get<LogStore>().AddAsync(new(run, "a", 1, null, "stdout"), 0, "begun\n"u8.ToArray(), complete: false, Cancel);
        return (owner, project, run);
    }

    private static async Task<string> LineWithAsync(StreamReader text, string what)
    {
        while (await text.ReadLineAsync(Cancel) is { } line)
            if (line.Contains(what, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"It ended without {what}.");
    }

    // Until it ends, by itself or cut off.
    private static async Task<(string Text, bool Whole)> RestAsync(StreamReader text)
    {
        var rest = new List<string>();
        try
        {
            while (await text.ReadLineAsync(Cancel) is { } line) rest.Add(line);
            return (string.Join('\n', rest), true);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return (string.Join('\n', rest), false);
        }
    }
}
