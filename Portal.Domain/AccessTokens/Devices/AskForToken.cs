using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens.Devices;

/// <summary>A program asks for an access token (RFC 8628, section 3.1).</summary>
/// <param name="Client">What it calls itself.</param>
/// <param name="Scopes">What it wants to do; null for no more than seeing runs: who wants more says so.</param>
/// <param name="Project">The only project that it asks for; null for all.</param>
/// <param name="Reason">What for.</param>
/// <param name="Days">How long; null for what is usual.</param>
public sealed record AskForToken(
    string Client, IReadOnlyList<Scope>? Scopes = null, Id<Project>? Project = null, string? Reason = null, int? Days = null);

/// <summary>What the program gets at once (RFC 8628, section 3.2).</summary>
/// <param name="DeviceCode">What it asks with; for nobody else.</param>
/// <param name="Request">The request.</param>
public sealed record AskedForToken(string DeviceCode, DeviceRequest Request);

/// <summary>Handles <see cref="AskForToken"/>: any program may ask. It gets nothing until a person says yes.</summary>
public sealed class AskForTokenHandler(TokenRules rules, IDeviceRequests requests, IChance chance, IRandomBytes random)
{
    private const int LongestReason = 200;
    private const int Tries = 5;

    /// <summary>Keeps the request for ten minutes.</summary>
    public async Task<Result<AskedForToken>> HandleAsync(Caller caller, AskForToken command, CancellationToken cancel)
    {
        var terms = rules.Terms(command.Client, command.Scopes ?? [Scope.GetJobStatus], command.Project, null, command.Days);
        // Where it may be used from is for the person to say.
        if (rules.Check(terms).Where(problem => problem.Field != "addresses").ToList() is { Count: > 0 } problems)
            return Result.Refused<AskedForToken>(problems);
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim();
        if (reason is not null && Names.Check("reason", reason, LongestReason) is { } badReason) return badReason;
        var (device, now) = (DeviceCodes.MakeDevice(random), chance.Now);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var request = new DeviceRequest(new(chance.NewGuid()), TokenText.HashOf(device), DeviceCodes.MakeUser(random),
                command.Client.Trim(), [.. terms.Scopes.Distinct().Order()], command.Project, reason, command.Days, caller.ClientAddress,
                now, now + DeviceRequest.Life);
            if (await requests.KeepAsync(request, cancel)) return new AskedForToken(device, request);
        }
        return new Problem("TRY_AGAIN", "No code is free just now.", Advice: "Ask once more in a moment.");
    }
}
