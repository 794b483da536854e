using System.Net;
using System.Text.Json;

namespace Portal.Tests.Access;

/// <summary>What an asker learned.</summary>
public static class Verdict
{
    /// <summary>It was answered, or refused for another reason than who asks.</summary>
    public const string May = "yes";

    /// <summary>It may not, and is told so.</summary>
    public const string MayNot = "no";

    /// <summary>For the asker there is no such thing.</summary>
    public const string Absent = "–";

    /// <summary>The asker has to say first who they are.</summary>
    public const string Unknown = "who?";

    /// <summary>What a code means that the portal refused with.</summary>
    public static string OfCode(string? code) => code switch
    {
        "FORBIDDEN" => MayNot,
        "NOT_FOUND" => Absent,
        "UNAUTHENTICATED" or "TOKEN_INVALID" => Unknown,
        "INTERNAL" => throw new InvalidOperationException("The portal failed."),
        _ => May,
    };

    /// <summary>What an answer of REST means.</summary>
    public static async Task<string> OfRestAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if ((int)answer.StatusCode < 400) return May;
        var body = await answer.Content.ReadAsStringAsync(cancel);
        Assert.True((int)answer.StatusCode is < 500 or 502, $"{answer.RequestMessage!.RequestUri}: {body}");
        return OfCode(JsonElement.Parse(body).GetProperty("code").GetString());
    }

    /// <summary>What a page means: one that sends to sign in wants to know who it is.</summary>
    public static string OfPage(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK => May,
        HttpStatusCode.NotFound => Absent,
        HttpStatusCode.Forbidden => MayNot,
        HttpStatusCode.Redirect when answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal) => Unknown,
        HttpStatusCode.Redirect when answer.Headers.Location!.ToString().Contains("/not-found", StringComparison.Ordinal) => Absent,
        HttpStatusCode.Redirect => May,
        _ => throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {answer.StatusCode}"),
    };

    /// <summary>What an answer of an address means that is neither a page nor REST: of OAuth, a file, a form.</summary>
    public static string OfAddress(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Unknown,
        // What is asked of others than the portal, which are not there.
        HttpStatusCode.BadGateway => May,
        < HttpStatusCode.InternalServerError and not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Redirect) => May,
        // Somewhere else than to sign in and come back.
        HttpStatusCode.Redirect when !answer.Headers.Location!.ToString().Contains("/sign-in?then", StringComparison.Ordinal) => May,
        _ => OfPage(answer),
    };

    /// <summary>What an answer of GraphQL means for the one thing that was asked.</summary>
    /// <param name="answer">The answer, or the first event of what is followed.</param>
    /// <param name="path">From the data to it.</param>
    public static string OfGraphQL(JsonElement answer, string[] path)
    {
        if (answer.TryGetProperty("errors", out var errors))
            return OfCode(errors[0].GetProperty("extensions").GetProperty("code").GetString());
        return Of(answer.GetProperty("data"), path);
    }

    // Through a list, what may be seen of any that is in it.
    private static string Of(JsonElement at, ReadOnlySpan<string> path)
    {
        if (at.ValueKind == JsonValueKind.Null) return Absent;
        if (path.IsEmpty)
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty("errors", out var refusals) && refusals.GetArrayLength() > 0
                ? OfCode(refusals[0].GetProperty("code").GetString())
                : May;
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in at.EnumerateArray())
                if (Of(one, path) is not Absent and var seen) return seen;
            return Absent;
        }
        var next = at.GetProperty(path[0]);
        // A field that tells whether who asks may do something.
        if (path is ["mayApprove"] && next.ValueKind == JsonValueKind.False) return MayNot;
        return Of(next, path[1..]);
    }
}

/// <summary>One line of the table: something that can be asked.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="AskAsync">Has somebody ask for it.</param>
public sealed record AccessRow(string Name, Func<Asker, CancellationToken, Task<string>> AskAsync);
