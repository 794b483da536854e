using System.Diagnostics;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.AccessTokens;

namespace Portal.Benchmarks.Access;

/// <summary>What it costs to tell who asks and whether they may: the question itself, requests with tokens, and how long a token
/// that /// was revoked is still taken, on another node too.</summary>
public static class AccessBenchmark
{
    private const int Questions = 5000, WarmUp = 1000, Revoked = 5;
    private const double AllowedQuestion = 1, AllowedRequests = 1000, AllowedRevocation = 2000, Pace = 1000;

    // The role of who asks, which is never believed, so that who was removed is out at once; and the list itself. Less than one
    // more for the token and its account, which are believed for two seconds, and for what both nodes ask meanwhile.
    private const double AllowedStatements = 3;

    private static readonly TimeSpan Load = TimeSpan.FromSeconds(5);

    /// <summary>The median question beside one millisecond and beside a bare select; requests a second beside 1,000, and the
    /// statements that each takes beside three; how much of the time PostgreSQL works at 1,000 a second beside all of it; the
    /// slowest of five revocations beside two seconds.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await using var ground = await AccessGround.StartAsync(cancel);
        await ground.LoadAsync(TimeSpan.FromSeconds(2), cancel);
        var question = await QuestionAsync(ground, cancel);
        var select = await SelectAsync(ground, cancel);
        var most = await ground.LoadAsync(Load, cancel);
        var paced = await ground.LoadAsync(Load, cancel, Pace);
        var (here, there) = (await RevocationAsync(ground, false, cancel), await RevocationAsync(ground, true, cancel));
        return
        [
            Measure.Less("authorising a request, median", question, AllowedQuestion, "ms"),
            Measure.Less("the same beside a bare select", question, select, "ms"),
            Measure.More("requests with tokens, 32 clients", most.Requests, AllowedRequests, "requests/s"),
            Measure.Less("statements a request", most.Statements, AllowedStatements, "statements"),
            Measure.More("requests with tokens, one each millisecond", paced.Requests, Pace, "requests/s"),
            Measure.Less("time that PostgreSQL works meanwhile", paced.Busy * 100, 100, "%"),
            Measure.Less("a revoked token is refused, slowest of 5", here, AllowedRevocation, "ms"),
            Measure.Less("the same on another node", there, AllowedRevocation, "ms"),
        ];
    }

    // A token's text is looked up, and its owner's role asked for: what every request begins with.
    private static async Task<double> QuestionAsync(AccessGround ground, CancellationToken cancel)
    {
        var (known, access) = (ground.Get<KnownTokens>(), ground.Get<Domain.Projects.Access>());
        var times = new List<double>();
        for (var number = -WarmUp; number < Questions; number++)
        {
            var text = ground.Tokens[Math.Abs(number) % ground.Tokens.Count].Text;
            var begun = Stopwatch.GetTimestamp();
            var token = await known.FindAsync(text, cancel) ?? throw new InvalidOperationException("A good token was refused.");
            var caller = new Caller(token.User, token.Shown, "rest", false, Guid.CreateVersion7(), "127.0.0.1");
            if (await access.RefusalAsync(caller, ground.Project, Operation.ShowRuns, "project", cancel) is { } refusal)
                throw new InvalidOperationException(refusal.Message);
            if (number >= 0) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return Statistics.Median(times);
    }

    private static async Task<double> SelectAsync(AccessGround ground, CancellationToken cancel)
    {
        var source = ground.Get<NpgsqlDataSource>();
        var times = new List<double>();
        for (var number = -WarmUp; number < Questions; number++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancel);
            if (number >= 0) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return Statistics.Median(times);
    }

    private static async Task<double> RevocationAsync(AccessGround ground, bool elsewhere, CancellationToken cancel)
    {
        var times = new List<double>();
        for (var number = 0; number < Revoked; number++)
        {
            var token = await ground.TokenAsync(cancel);
            // It was shown a moment ago, so that it is believed.
            if (!await ground.TakesAsync(token.Text, elsewhere, cancel))
                throw new InvalidOperationException("A good token was refused.");
            await ground.RevokeAsync(token.Id, cancel);
            var begun = Stopwatch.GetTimestamp();
            while (await ground.TakesAsync(token.Text, elsewhere, cancel)) await Task.Delay(5, cancel);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return times.Max();
    }
}
