using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Portal.Benchmarks.GraphQL.Following;

/// <summary>Many who follow one run, in a process of their own, so that their memory is not the portal's.</summary>
public static class FollowerProcess
{
    /// <summary>The word that makes them of this program.</summary>
    public const string Command = "follow-graphql";

    /// <summary>What they are told first.</summary>
    /// <param name="Followed">What they follow.</param>
    /// <param name="Followers">How many they are.</param>
    /// <param name="Events">How many events each of them will see.</param>
    public sealed record Order(Followed Followed, int Followers, int Events);

    /// <summary>Reads an <see cref="Order"/>, says when all follow, reads when each event was begun by its position, and answers
    /// how long it took for 95 of 100 to arrive, in milliseconds. Ends when its standard input does.</summary>
    public static async Task RunAsync()
    {
        Console.WriteLine("here");
        var order = Read<Order>();
        var followers = new List<Follower>();
        foreach (var _ in Enumerable.Range(0, order.Followers))
        {
            followers.Add(await Follower.OpenAsync(order.Followed, default));
            await followers[^1].BeginAsync(default);
        }
        var taking = followers.Select(follower => follower.TakeAsync(order.Events, default)).ToList();
        Console.WriteLine("following");
        var begun = Read<Dictionary<long, long>>();
        // The scheduler may have said something about the run's job meanwhile: nobody knows when that was begun.
        var times = (await Task.WhenAll(taking)).SelectMany(taken => taken).Where(taken => begun.ContainsKey(taken.Position))
            .Select(taken => Stopwatch.GetElapsedTime(begun[taken.Position], taken.At).TotalMilliseconds).ToList();
        Console.WriteLine(Statistics.Quantile(times, 0.95).ToString(CultureInfo.InvariantCulture));
        Console.In.ReadToEnd();
    }

    private static T Read<T>() => JsonSerializer.Deserialize<T>(Console.ReadLine()!)!;
}
